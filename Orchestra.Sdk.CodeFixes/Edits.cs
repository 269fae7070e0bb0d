using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>The changes of text that fixes are made of.</summary>
internal static class Edits
{
    public static TextChange Insert(int position, string content) => new(new TextSpan(position, 0), content);

    public static TextChange Replace(SyntaxNode node, string content) => new(node.Span, content);

    /// <summary>Removes a token and the space after it.</summary>
    public static TextChange Remove(SyntaxToken token) =>
        new(TextSpan.FromBounds(token.SpanStart, token.GetNextToken().SpanStart), "");

    /// <summary>Removes an attribute, and its brackets when it is alone in them.</summary>
    public static TextChange Remove(AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes.Count == 1
            ? new TextChange(TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart), "")
            : Remove(list.Attributes, attribute);
    }

    /// <summary>Removes an item of a list, and one of the commas beside it.</summary>
    public static TextChange Remove<T>(SeparatedSyntaxList<T> list, T item)
        where T : SyntaxNode
    {
        var index = list.IndexOf(item);
        return new TextChange(
            index > 0 ? TextSpan.FromBounds(list[index - 1].Span.End, item.Span.End)
                : list.Count > 1 ? TextSpan.FromBounds(item.SpanStart, list[1].SpanStart)
                : item.Span,
            "");
    }

    /// <summary>Puts content before a token: on a line of its own where the token begins one.</summary>
    public static TextChange InsertLineBefore(SyntaxToken token, string content, SourceText text) =>
        Indentation(token, text) is { } indentation
            ? Insert(token.SpanStart, content + NewLine(text) + indentation)
            : Insert(token.SpanStart, content + " ");

    /// <summary>The space before a token that is the first of its line; null for any other token.</summary>
    public static string? Indentation(SyntaxToken token, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(token.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, token.SpanStart));
        return string.IsNullOrWhiteSpace(before) ? before : null;
    }

    /// <summary>The line break that the document uses.</summary>
    public static string NewLine(SourceText text)
    {
        var first = text.Lines[0];
        return first.End < first.EndIncludingLineBreak
            ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak))
            : "\n";
    }

    /// <summary>Sets a property of an attribute, as the first of those that are set.</summary>
    public static TextChange SetProperty(AttributeSyntax attribute, string name, string value)
    {
        var assignment = name + " = " + value;
        if (attribute.ArgumentList is not { } list)
        {
            return Insert(attribute.Span.End, "(" + assignment + ")");
        }

        if (list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) is { } present)
        {
            return Replace(present.Expression, value);
        }

        return list.Arguments.FirstOrDefault(argument => argument.NameEquals is not null) is { } property
            ? Insert(property.SpanStart, assignment + ", ")
            : list.Arguments.Count > 0
                ? Insert(list.Arguments.Last().Span.End, ", " + assignment)
                : Insert(list.OpenParenToken.Span.End, assignment);
    }

    /// <summary>Makes a type and all around it partial.</summary>
    public static IEnumerable<TextChange> MakePartial(TypeDeclarationSyntax declaration) =>
        declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => Insert(type.Keyword.SpanStart, "partial "));

    /// <summary>A string as a C# literal.</summary>
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
