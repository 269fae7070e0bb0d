using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC008 and ORC016: lets a tool return Task instead of nothing, and a value instead of a reference to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnTypeFix)), Shared]
public sealed class ReturnTypeFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.AsyncVoid.Id, DiagnosticDescriptors.UnsupportedReturnType.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<MethodDeclarationSyntax>() is not { } method)
        {
            return;
        }

        if (fault.Id == DiagnosticDescriptors.AsyncVoid.Id)
        {
            var task = TypeNames.Type(MetadataNames.Task, fault.Model, method.ReturnType.SpanStart);
            fault.Offer($"Return '{task}'", "Task", Edits.Replace(method.ReturnType, task));
        }
        else if (method.ReturnType is RefTypeSyntax reference)
        {
            ReturnByValue(fault, method, reference);
        }
    }

    private static void ReturnByValue(Fault fault, MethodDeclarationSyntax method, RefTypeSyntax reference)
    {
        var changes = ImmutableArray.CreateBuilder<Microsoft.CodeAnalysis.Text.TextChange>();
        changes.Add(Edits.Replace(reference, reference.Type.ToString()));
        foreach (var node in method.DescendantNodes(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)))
        {
            // "return ref x;" and "=> ref x"; a local that is a reference may stay one.
            if (node is RefExpressionSyntax { Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax } result)
            {
                changes.Add(Edits.Remove(result.RefKeyword));
            }
        }

        fault.Offer($"Return '{reference.Type}' by value", "ByValue", [.. changes]);
    }
}
