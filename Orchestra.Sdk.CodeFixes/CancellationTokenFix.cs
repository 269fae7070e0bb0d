using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC018: adds the parameter that tells a method that nobody waits any more.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CancellationTokenFix)), Shared]
public sealed class CancellationTokenFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoCancellationToken.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<MethodDeclarationSyntax>() is { } method)
        {
            var name = FreeName(method);
            var place = method.ParameterList.SpanStart;
            var type = TypeNames.Type(MetadataNames.CancellationToken, fault.Model, place);
            // The compiler wants to know what an async iterator does with the token of its enumerator.
            var attribute = method.Modifiers.Any(SyntaxKind.AsyncKeyword)
                && fault.Model.GetTypeInfo(method.ReturnType, fault.CancellationToken).Type.Is(MetadataNames.AsyncEnumerable)
                    ? $"[{TypeNames.Attribute("System.Runtime.CompilerServices.EnumeratorCancellationAttribute", fault.Model, place)}] "
                    : "";
            fault.Offer(
                "Add a CancellationToken",
                "Add",
                [.. AddComment(method, name, fault.Text), AddParameter(method.ParameterList, $"{attribute}{type} {name} = default", fault.Text)]);
        }
    }

    private static string FreeName(MethodDeclarationSyntax method)
    {
        var used = new HashSet<string>(
            method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        var name = "cancellationToken";
        for (var number = 2; used.Contains(name); number++)
        {
            name = "cancellationToken" + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary>As the last parameter, but before a params array. It is optional, as those before it may be, and callers need not change.</summary>
    private static TextChange AddParameter(ParameterListSyntax list, string parameter, SourceText text)
    {
        if (list.Parameters.LastOrDefault() is not { } last)
        {
            return Edits.Insert(list.OpenParenToken.Span.End, parameter);
        }

        var separator = Edits.Indentation(last.GetFirstToken(), text) is { } indentation
            ? "," + Edits.NewLine(text) + indentation
            : ", ";
        return last.Modifiers.Any(SyntaxKind.ParamsKeyword)
            ? Edits.Insert(last.SpanStart, parameter + separator)
            : Edits.Insert(last.Span.End, separator + parameter);
    }

    /// <summary>A comment that names some parameters must name all.</summary>
    private static IEnumerable<TextChange> AddComment(MethodDeclarationSyntax method, string name, SourceText text)
    {
        var last = method.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(comment => comment.Content).OfType<XmlElementSyntax>()
            .LastOrDefault(element => element.StartTag.Name.LocalName.ValueText == "param");
        if (last is null)
        {
            yield break;
        }

        var line = text.Lines.GetLineFromPosition(last.SpanStart);
        var margin = text.ToString(TextSpan.FromBounds(line.Start, last.SpanStart));
        var separator = string.IsNullOrWhiteSpace(margin.Trim('/', '*', ' ', '\t')) && !margin.TrimStart().StartsWith("/**", StringComparison.Ordinal)
            ? Edits.NewLine(text) + margin
            : " ";
        yield return Edits.Insert(last.Span.End, $"{separator}<param name=\"{name}\">Canceled when nobody waits any more.</param>");
    }
}
