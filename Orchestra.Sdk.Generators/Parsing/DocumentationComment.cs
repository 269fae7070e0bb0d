using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// The XML comment above a declaration. It is read from the source text, because the compiler only parses comments, and
/// GetDocumentationCommentXml only answers, where the project writes a documentation file.
/// </summary>
internal sealed class DocumentationComment
{
    private const string SummaryElement = "summary";

    private static readonly DocumentationComment Empty = new(new XElement("doc"));

    private readonly XElement _root;

    private DocumentationComment(XElement root) => _root = root;

    public bool IsEmpty => !_root.Nodes().Any();

    public string Summary => Text(SummaryElement, "");

    public static DocumentationComment Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var declaration = syntax.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? syntax;
            var text = TextOf(declaration.GetLeadingTrivia(), reference.SyntaxTree.GetText(cancellationToken));
            if (text.Length > 0)
            {
                return Parse(text);
            }
        }

        // Of other assemblies the compiler knows the comments where it was given them.
        return symbol.DeclaringSyntaxReferences.IsEmpty
            && symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken) is { Length: > 0 } xml
            ? Parse(xml, "member")
            : Empty;
    }

    /// <summary>What the first such element says, of a summary with the remarks to it; empty when there is none.</summary>
    /// <param name="kind">The element.</param>
    /// <param name="name">Its attribute "name"; empty for one that has none.</param>
    public string Text(string kind, string name)
    {
        var text = Find(kind, name) is { } element ? DocumentationText.Of(element) : "";
        var remarks = kind == SummaryElement && _root.Element("remarks") is { } more ? DocumentationText.Of(more) : "";
        return text + (text.Length > 0 && remarks.Length > 0 ? "\n\n" : "") + remarks;
    }

    /// <summary>Where the element is described that this comment does not describe itself.</summary>
    /// <param name="kind">The element.</param>
    /// <param name="name">Its attribute "name"; empty for one that has none.</param>
    /// <returns>
    /// The <c>cref</c> of <c>inheritdoc</c>, which is empty where it means the base type or member; null where nothing is inherited.
    /// </returns>
    public string? Inherited(string kind, string name) =>
        (Find(kind, name) ?? _root).Element("inheritdoc") is { } inherit ? (string?)inherit.Attribute("cref") ?? "" : null;

    /// <summary>Reads the elements of a comment; it is empty where they are not well-formed.</summary>
    /// <param name="xml">The elements.</param>
    /// <param name="within">The element that they are in; null for none.</param>
    public static DocumentationComment Parse(string xml, string? within = null)
    {
        try
        {
            var root = XElement.Parse("<doc>" + xml + "</doc>", LoadOptions.PreserveWhitespace);
            return new DocumentationComment(within is null ? root : root.Element(within) ?? root);
        }
        catch (XmlException)
        {
            // Half-typed comments are common while editing; the compiler warns of them where it is asked to.
            return Empty;
        }
    }

    private XElement? Find(string kind, string name)
    {
        foreach (var element in _root.Elements(kind))
        {
            if (((string?)element.Attribute("name") ?? "") == name)
            {
                return element;
            }
        }

        return null;
    }

    private static string TextOf(SyntaxTriviaList trivia, SourceText source)
    {
        var result = new StringBuilder();
        foreach (var item in trivia)
        {
            if (item.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.DisabledTextTrivia)
            {
                continue;
            }

            var comment = source.ToString(item.FullSpan);
            if (IsDocumentation(comment, "///"))
            {
                AppendLines(result, comment, '/');
            }
            else if (IsDocumentation(comment, "/**") && comment != "/**/")
            {
                AppendLines(result, comment.Substring(3).TrimEnd('*', '/'), '*');
            }
        }

        return result.ToString();
    }

    /// <summary>To the compiler a line of four slashes, or a block that begins with three stars, is a comment like any other.</summary>
    private static bool IsDocumentation(string comment, string start) =>
        comment.StartsWith(start, StringComparison.Ordinal) && !comment.StartsWith(start + start[2], StringComparison.Ordinal);

    private static void AppendLines(StringBuilder result, string comment, char margin)
    {
        foreach (var line in comment.Split('\n'))
        {
            // What stands further in than the margin may be code.
            result.Append(line.TrimStart().TrimStart(margin).TrimEnd()).Append('\n');
        }
    }
}
