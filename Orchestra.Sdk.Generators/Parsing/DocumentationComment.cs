using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// The XML comment above a declaration. It is read from the source text, because the compiler only parses comments, and
/// GetDocumentationCommentXml only answers, where the project writes a documentation file.
/// </summary>
internal sealed class DocumentationComment
{
    private static readonly DocumentationComment Empty = new(new XElement("doc"));

    // As in List{T}, List`1 and M(System.Int32).
    private static readonly Regex TypeArgumentsOrParameters = new(@"\(.*|\{.*\}|`+\d+", RegexOptions.Singleline);

    private readonly XElement _root;

    private DocumentationComment(XElement root) => _root = root;

    public bool IsEmpty => !_root.Nodes().Any();

    public string Summary => Text("summary", "");

    public static DocumentationComment Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var declaration = syntax.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? syntax;
            var text = TextOf(declaration.GetLeadingTrivia());
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

    public string Param(string name) => Text("param", name);

    /// <summary>What the first such element says; empty when there is none.</summary>
    /// <param name="kind">The element.</param>
    /// <param name="name">Its attribute "name"; empty for one that has none.</param>
    public string Text(string kind, string name) =>
        Text(_root.Elements(kind).FirstOrDefault(element => ((string?)element.Attribute("name") ?? "") == name));

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

    private static string TextOf(SyntaxTriviaList trivia)
    {
        var result = new StringBuilder();
        foreach (var comment in trivia.Where(item => !item.IsKind(SyntaxKind.DisabledTextTrivia)).Select(item => item.ToFullString()))
        {
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
            result.Append(line.Trim().TrimStart(margin)).Append('\n');
        }
    }

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var text = string.Concat(Pieces(element));
        return string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static IEnumerable<string> Pieces(XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText text:
                    yield return text.Value;
                    break;
                case XElement child when Reference(child) is { } name:
                    yield return name;
                    break;
                case XElement child:
                    var isBlock = child.Name.LocalName is "para" or "br" or "item" or "list" or "code";
                    yield return isBlock ? " " : "";
                    foreach (var piece in Pieces(child))
                    {
                        yield return piece;
                    }

                    yield return isBlock ? " " : "";
                    break;
            }
        }
    }

    /// <summary>What an empty see, seealso, paramref or typeparamref stands for.</summary>
    private static string? Reference(XElement element)
    {
        if (element.Nodes().Any())
        {
            return null;
        }

        var cref = (string?)element.Attribute("cref");
        if (cref is not null)
        {
            var name = TypeArgumentsOrParameters.Replace(cref, "").Replace(".#ctor", "");
            return name.Substring(name.LastIndexOfAny(['.', ':']) + 1);
        }

        return (string?)element.Attribute("name") ?? (string?)element.Attribute("langword") ?? (string?)element.Attribute("href");
    }
}
