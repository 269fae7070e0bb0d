using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// A property or field of a type. An override has the accessors that it lacks, and the attributes, of what it overrides.
/// </summary>
/// <param name="symbol">The property or field.</param>
/// <param name="type">The type that has or inherits it.</param>
/// <param name="context">Tells what generated code may use.</param>
internal sealed class DataMember(ISymbol symbol, INamedTypeSymbol type, ParseContext context)
{
    public ISymbol Symbol => symbol;

    public ITypeSymbol Type => symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type;

    /// <summary>The member itself, what it overrides, and so on.</summary>
    public IEnumerable<ISymbol> Declarations
    {
        get
        {
            yield return symbol;
            for (var overridden = (symbol as IPropertySymbol)?.OverriddenProperty; overridden is not null; overridden = overridden.OverriddenProperty)
            {
                yield return overridden;
            }
        }
    }

    /// <summary>
    /// Whether it counts: what is public or marked by [JsonInclude]. What may not be used, as it is obsolete as an error, does not, nor
    /// does what no local could hold a copy of.
    /// </summary>
    public bool IsData =>
        symbol is { Name.Length: > 0, IsStatic: false, DeclaredAccessibility: not Accessibility.Private }
        && IsOpen(symbol)
        && context.IsAccessible(symbol, type)
        && symbol is IPropertySymbol { IsIndexer: false, RefKind: RefKind.None }
            or IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false, IsFixedSizeBuffer: false, RefKind: RefKind.None }
        && !Declarations.Any(declaration => declaration.IsObsoleteAsError());

    public bool IsReadable => symbol is IFieldSymbol || IsUsable(Getter);

    public bool IsWritable => symbol is IFieldSymbol { IsReadOnly: false } || (IsUsable(Setter) && !(IsInitOnly && IsHidden));

    public bool IsInitOnly => Setter is { IsInitOnly: true };

    /// <summary>Whether it is a collection that is filled because it cannot be set. What a getter makes anew each time is none.</summary>
    public bool IsFilled =>
        symbol is IPropertySymbol property && Setter is null && IsReadable && CollectionTypes.IsFillable(property.Type) && GivesTheSame(property);

    public bool IsRequired => symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>
    /// Whether another member of its name stands before it: one that does not count here, but that the compiler finds first. It is then
    /// to be named by its own type.
    /// </summary>
    public bool IsHidden
    {
        get
        {
            for (var current = type; !SymbolEqualityComparer.Default.Equals(current, symbol.ContainingType); current = current.BaseType!)
            {
                if (current.GetMembers(symbol.Name).Any(member => !member.IsOverride && context.IsAccessible(member, type)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether no constructor and no accessor of its own could have set it when the object is new, as far as that can be seen.</summary>
    public bool IsUnset
    {
        get
        {
            if (!symbol.DeclaringSyntaxReferences.Any() || !symbol.DeclaringSyntaxReferences.All(IsAutomatic))
            {
                return false;
            }

            for (var current = type; ; current = current.BaseType!)
            {
                if (!current.InstanceConstructors.All(HasNoBody))
                {
                    return false;
                }

                if (SymbolEqualityComparer.Default.Equals(current, symbol.ContainingType))
                {
                    return true;
                }
            }
        }
    }

    private IMethodSymbol? Getter => Declarations.OfType<IPropertySymbol>().Select(property => property.GetMethod).FirstOrDefault(getter => getter is not null);

    private IMethodSymbol? Setter => Declarations.OfType<IPropertySymbol>().Select(property => property.SetMethod).FirstOrDefault(setter => setter is not null);

    /// <summary>The attribute of the member, or else of the nearest that it overrides.</summary>
    public AttributeData? FindAttribute(string fullName) =>
        Declarations.Select(declaration => declaration.FindAttribute(fullName)).FirstOrDefault(attribute => attribute is not null);

    /// <summary>Whether the getter gives what the object holds, as far as that can be seen.</summary>
    private bool GivesTheSame(IPropertySymbol property) => property.DeclaringSyntaxReferences.All(reference =>
        reference.GetSyntax(context.CancellationToken) is not PropertyDeclarationSyntax declaration
        || Given(declaration) is null or IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression });

    /// <summary>The expression that a getter gives; null of one that the compiler writes.</summary>
    private static ExpressionSyntax? Given(PropertyDeclarationSyntax property)
    {
        var getter = property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return property.ExpressionBody?.Expression
            ?? getter?.ExpressionBody?.Expression
            ?? getter?.Body?.DescendantNodes().OfType<ReturnStatementSyntax>().FirstOrDefault()?.Expression;
    }

    private bool IsAutomatic(SyntaxReference reference) => reference.GetSyntax(context.CancellationToken) switch
    {
        PropertyDeclarationSyntax property => property.AccessorList?.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }) == true,
        VariableDeclaratorSyntax => true,
        _ => false,
    };

    // Those of a record's or class's head have none.
    private bool HasNoBody(IMethodSymbol constructor) => constructor.IsImplicitlyDeclared
        || constructor.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(context.CancellationToken) is TypeDeclarationSyntax);

    private bool IsUsable(IMethodSymbol? accessor) =>
        accessor is not null && IsOpen(accessor) && context.IsAccessible(accessor, type) && !accessor.IsObsoleteAsError();

    private bool IsOpen(ISymbol part) => part.DeclaredAccessibility == Accessibility.Public || FindAttribute(MetadataNames.JsonInclude) is not null;
}
