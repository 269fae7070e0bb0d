using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What is known at build time of the value that a parameter or member has when nothing is given.</summary>
/// <param name="Value">The constant; null when there is none, or it is null.</param>
/// <param name="Length">Of a collection how many items it has; null when it is none, or that is not known.</param>
internal readonly record struct DefaultConstant(object? Value, int? Length)
{
    public static DefaultConstant Of(IParameterSymbol parameter) => new(
        parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null, parameter.IsParams ? 0 : null);

    /// <summary>
    /// The initializer of a property or field that stands in source, or of what an override gives in its place; where there is none, and
    /// nobody else sets it, what its type begins with.
    /// </summary>
    public static DefaultConstant Of(DataMember member, ParseContext context)
    {
        foreach (var declaration in member.Declarations)
        {
            if (declaration.DeclaringSyntaxReferences.Select(reference => Initializer(reference.GetSyntax(context.CancellationToken)))
                .FirstOrDefault(initializer => initializer is not null) is { } expression)
            {
                return new DefaultConstant(context.Constant(expression) ?? (IsEmptyString(expression) ? "" : null), Count(expression));
            }

            if (!GivesThatOfBase(declaration, context))
            {
                return member.IsUnset && BeginsWithZero(member.Type) ? new DefaultConstant(0, null) : default;
            }
        }

        return default;
    }

    private static bool BeginsWithZero(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static bool GivesThatOfBase(ISymbol declaration, ParseContext context) => declaration is IPropertySymbol property
        && (property.GetMethod is not { } getter || getter.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(context.CancellationToken).DescendantNodes().OfType<BaseExpressionSyntax>().Any()));

    private static ExpressionSyntax? Initializer(SyntaxNode declaration) => declaration switch
    {
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        _ => null,
    };

    private static bool IsEmptyString(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Empty" } access && access.Expression.ToString() is "string" or "String";

    private static int? Count(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax list when list.Elements.All(element => element is ExpressionElementSyntax) => list.Elements.Count,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation => Count(creation.Initializer),
        ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions.Count,
        ImplicitArrayCreationExpressionSyntax { Initializer: var items } => items.Expressions.Count,
        _ => null,
    };

    private static int? Count(InitializerExpressionSyntax? items) => items is null ? 0
        : items.IsKind(SyntaxKind.CollectionInitializerExpression) || items.IsKind(SyntaxKind.ObjectInitializerExpression) ? items.Expressions.Count
        : null;
}
