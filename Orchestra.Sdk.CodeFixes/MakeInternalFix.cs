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

/// <summary>ORC035: makes a type internal that a typed call sends or reads, where it is declared in the same document.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternalFix)), Shared]
public sealed class MakeInternalFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NoTypedCall.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<InvocationExpressionSyntax>() is not { } invocation)
        {
            return;
        }

        foreach (var call in TypedCall.Of(invocation, fault.Model, fault.CancellationToken))
        {
            if (call.Type is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Private or Accessibility.Protected } type
                && type.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == invocation.SyntaxTree)?.GetSyntax(fault.CancellationToken)
                    is BaseTypeDeclarationSyntax declaration)
            {
                fault.Offer($"Make '{type.Name}' internal", "Internal", MakeInternal(declaration));
            }
        }
    }

    private static TextChange MakeInternal(BaseTypeDeclarationSyntax declaration)
    {
        var first = declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.PrivateKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword));
        return first.IsKind(SyntaxKind.None)
            ? Edits.Insert(declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : KeywordOf(declaration).SpanStart, "internal ")
            : new TextChange(first.Span, "internal");
    }

    private static SyntaxToken KeywordOf(BaseTypeDeclarationSyntax declaration) => declaration is TypeDeclarationSyntax type
        ? type.Keyword
        : ((EnumDeclarationSyntax)declaration).EnumKeyword;
}
