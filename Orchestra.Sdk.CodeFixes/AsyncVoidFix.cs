using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC008 and ORC029: lets a method or a local function return Task instead of nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidFix)), Shared]
public sealed class AsyncVoidFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticDescriptors.AsyncVoid.Id,
        DiagnosticDescriptors.AsyncVoidEndsProcess.Id,
    ];

    private protected override void OfferFixes(Fault fault)
    {
        // What a lambda returns is up to what takes it.
        var type = fault.Find<SyntaxNode>() switch
        {
            LocalFunctionStatementSyntax function => function.ReturnType,
            MethodDeclarationSyntax method when !IsGiven(method, fault) => method.ReturnType,
            _ => null,
        };
        if (type is not null)
        {
            var task = TypeNames.Type(MetadataNames.Task, fault.Model, type.SpanStart);
            fault.Offer($"Return '{task}'", "Return", Edits.Replace(type, task));
        }
    }

    /// <summary>Whether another declaration says what the method returns.</summary>
    private static bool IsGiven(MethodDeclarationSyntax method, Fault fault) =>
        method.Modifiers.Any(SyntaxKind.PartialKeyword)
        || fault.Model.GetDeclaredSymbol(method, fault.CancellationToken)?.HasGivenSignature() == true;
}
