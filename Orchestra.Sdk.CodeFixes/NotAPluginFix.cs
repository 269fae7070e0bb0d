using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC033: makes the class a plugin, where it is declared in the same document.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NotAPluginFix)), Shared]
public sealed class NotAPluginFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NotAPlugin.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<TypeSyntax>() is { } name
            && fault.Model.GetTypeInfo(name, fault.CancellationToken).Type is INamedTypeSymbol type
            && type.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == name.SyntaxTree)?.GetSyntax(fault.CancellationToken)
                is TypeDeclarationSyntax declaration
            && ToolOutsidePluginFix.CanBePlugin(declaration))
        {
            fault.Offer($"Make '{type.Name}' a plugin", "Plugin", ToolOutsidePluginFix.MakePlugin(declaration, fault));
        }
    }
}
