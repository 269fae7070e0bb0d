using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>A value that a method returns, and what becomes of it where the method returns another type or nothing.</summary>
internal readonly struct ReturnedValue(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
{
    /// <summary>The value as a text; null where it is one, or has none that says what it is.</summary>
    public TextChange? ToText()
    {
        var type = model.GetTypeInfo(value, cancellationToken).Type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        // Numbers, enums, dates and ids; of most other types ToString gives the type's name.
        var hasText = type is { SpecialType: SpecialType.System_Boolean }
            || type?.AllInterfaces.Any(contract => contract.Is("System.IFormattable")) == true;
        return hasText ? Edits.Replace(value, $"$\"{{{InHole()}}}\"") : null;
    }

    /// <summary>The value is still computed, as that may have effects, but not returned.</summary>
    /// <param name="isAwaited">Whether it is a task, whose end the method is to wait for.</param>
    public TextChange? Discard(bool isAwaited)
    {
        if (value is ThrowExpressionSyntax)
        {
            return null;
        }

        var operand = TypeGivenByMethod() is { } type ? $"({type})({value})" : isAwaited ? Operand() : value.ToString();
        var discarded = $"_ = {(isAwaited ? "await " : "")}{operand}";
        return value.Parent is ReturnStatementSyntax statement
            ? Edits.Replace(statement, $"{{ {discarded}; return; }}")
            : Edits.Replace(value, discarded);
    }

    /// <summary>The type that a value such as <c>[]</c>, <c>null</c> or <c>new()</c> has only because the method returns it; null for others.</summary>
    private string? TypeGivenByMethod()
    {
        var info = model.GetTypeInfo(value, cancellationToken);
        return info.Type is null || value.IsKind(SyntaxKind.DefaultLiteralExpression) || value is ImplicitObjectCreationExpressionSyntax
            ? info.ConvertedType?.ToMinimalDisplayString(model, value.SpanStart)
            : null;
    }

    /// <summary>The value as what binds as tightly as <c>await</c>.</summary>
    private string Operand() =>
        value is InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ObjectCreationExpressionSyntax
            ? value.ToString()
            : $"({value})";

    /// <summary>In the hole of an interpolated string a colon begins a format.</summary>
    private string InHole() => value.ToString().IndexOf(':') < 0 ? value.ToString() : $"({value})";
}
