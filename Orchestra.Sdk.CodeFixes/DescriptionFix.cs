using System;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>
/// ORC017: makes the place for a description. Its text says that it is to be written: a text made of the method's name would
/// tell a model nothing, and hide that.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DescriptionFix)), Shared]
public sealed class DescriptionFix : PluginCodeFix
{
    private const string Text = "TODO: say what this does and when to use it.";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoDescription.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is { } attribute && attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method)
        {
            fault.Offer("Add a <summary>", "Summary", AddSummary(method, fault.Text));
            fault.Offer("Add a description", "Description", Edits.SetProperty(attribute, "Description", Edits.Literal(Text)));
        }
    }

    private static TextChange AddSummary(MethodDeclarationSyntax method, SourceText text)
    {
        const string Element = "<summary>" + Text + "</summary>";
        var comments = method.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>();
        if (comments.LastOrDefault() is not { } comment)
        {
            return Edits.InsertLineBefore(method.GetFirstToken(), "/// " + Element, text) is var change
                && Edits.Indentation(method.GetFirstToken(), text) is null
                    ? new TextChange(change.Span, "/** " + Element + " */ ")
                    : change;
        }

        foreach (var node in comment.Content)
        {
            if ((node as XmlElementSyntax)?.StartTag.Name.LocalName.ValueText == "summary"
                || (node as XmlEmptyElementSyntax)?.Name.LocalName.ValueText == "summary")
            {
                return Edits.Replace(node, Element);
            }
        }

        // Before the first element, on a line of its own as that one is.
        var first = comment.Content.FirstOrDefault(node => node is XmlElementSyntax or XmlEmptyElementSyntax);
        if (first is null)
        {
            return Edits.Insert(comment.Content.FullSpan.Start + 1, " " + Element);
        }

        var line = text.Lines.GetLineFromPosition(first.SpanStart);
        var margin = text.ToString(TextSpan.FromBounds(line.Start, first.SpanStart));
        return Edits.Insert(first.SpanStart, Element + (margin.TrimStart().StartsWith("/**", StringComparison.Ordinal) ? " " : Edits.NewLine(text) + margin));
    }
}
