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

/// <summary>ORC020: gives the member that hosts would take for the text of the result another name in JSON.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ResultTextFix)), Shared]
public sealed class ResultTextFix : PluginCodeFix
{
    private const string Name = "content";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.TextIsNoString.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<MethodDeclarationSyntax>() is { } method
            && fault.Model.GetDeclaredSymbol(method, fault.CancellationToken)?.Result(out _) is { } result
            && result.GetMembers().FirstOrDefault(IsText) is { } text
            && text.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(fault.CancellationToken) is { } declaration
            && declaration.SyntaxTree == method.SyntaxTree
            && Rename(declaration, text, fault) is { } change)
        {
            fault.Offer($"Name the member '{Name}' in JSON", "Rename", change);
        }
    }

    private static bool IsText(ISymbol member) =>
        member is IPropertySymbol && (JsonName(member)?.ConstructorArgument(0) as string ?? member.Name) is "text" or "Text";

    private static AttributeData? JsonName(ISymbol member) => member.FindAttribute(MetadataNames.JsonPropertyName);

    private static TextChange? Rename(SyntaxNode declaration, ISymbol member, Fault fault)
    {
        if (JsonName(member)?.ApplicationSyntaxReference?.GetSyntax(fault.CancellationToken) is AttributeSyntax present)
        {
            return present.ArgumentList?.Arguments.FirstOrDefault() is { } argument
                ? Edits.Replace(argument.Expression, Edits.Literal(Name))
                : null;
        }

        var attribute = $"{TypeNames.Attribute(MetadataNames.JsonPropertyName, fault.Model, declaration.SpanStart)}({Edits.Literal(Name)})";
        return declaration switch
        {
            ParameterSyntax => Edits.Insert(declaration.SpanStart, $"[property: {attribute}] "),
            PropertyDeclarationSyntax => Edits.InsertLineBefore(declaration.GetFirstToken(), $"[{attribute}]", fault.Text),
            _ => null,
        };
    }
}
