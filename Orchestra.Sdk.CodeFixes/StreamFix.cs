using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC021: lets what yields its items one by one stream them, and makes a plain tool of what has its result at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StreamFix)), Shared]
public sealed class StreamFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoStream.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<MethodDeclarationSyntax>() is not { } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } method)
        {
            return;
        }

        var result = method.Result(out _);
        if (MethodBody.IsIterator(declaration)
            && result is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence
            && HasJsonForm(sequence.TypeArguments[0], method, fault)
            && fault.Model.Compilation.GetTypeByMetadataName(MetadataNames.AsyncEnumerable + "`1") is { } stream)
        {
            var name = stream.Construct(sequence.TypeArguments[0]).ToMinimalDisplayString(fault.Model, declaration.ReturnType.SpanStart);
            var replacement = declaration.Modifiers.Any(SyntaxKind.AsyncKeyword) ? name : "async " + name;
            fault.Offer($"Return '{name}'", "Stream", Edits.Replace(declaration.ReturnType, replacement));
        }

        if ((result is null || HasJsonForm(result, method, fault))
            && method.FindAttribute(MetadataNames.StreamingToolAttribute)?.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == declaration.SyntaxTree
            && reference.GetSyntax(fault.CancellationToken) is AttributeSyntax attribute)
        {
            var tool = TypeNames.Attribute(MetadataNames.ToolAttribute, fault.Model, attribute.SpanStart);
            fault.Offer($"Use [{tool}]", "Tool", [Edits.Replace(attribute.Name, tool), .. RemoveContentType(attribute)]);
        }
    }

    private static bool HasJsonForm(ITypeSymbol type, IMethodSymbol method, Fault fault) =>
        type.Is(MetadataNames.ToolResult) || type.Is(MetadataNames.ToolResponse)
        || new TypeParser(
            new ParseContext(fault.Model.Compilation, method.ContainingType, diagnostics: default, fault.CancellationToken), isInput: false)
            .Parse(type, out _) is not null;

    /// <summary>Only a stream has one.</summary>
    private static IEnumerable<TextChange> RemoveContentType(AttributeSyntax attribute) =>
        attribute.ArgumentList is { } list
            ? list.Arguments
                .Where(argument => argument.NameEquals?.Name.Identifier.ValueText == "ContentType")
                .Select(argument => Edits.Remove(list.Arguments, argument))
            : [];
}
