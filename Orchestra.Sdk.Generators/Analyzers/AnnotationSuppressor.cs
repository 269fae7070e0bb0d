using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>
/// The constructors of [Length], [MinLength] and [MaxLength] warn that they reflect over the value they validate, and that of [Range] with
/// texts that it looks for a converter. On a parameter or a member nobody runs them: the generator reads them at build time, so the
/// warning has no cause there. Who does run them does so by Validator, which warns of that itself.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnnotationSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Descriptor = new(
        "ORCS001", "IL2026", "The attribute is read by the generator at build time and never run");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && IsAnnotation(tree, diagnostic.Location, context))
            {
                context.ReportSuppression(Suppression.Create(Descriptor, diagnostic));
            }
        }
    }

    private static bool IsAnnotation(SyntaxTree tree, Location location, SuppressionAnalysisContext context) =>
        tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
        && context.GetSemanticModel(tree).GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingType
            is { Name: "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" or "RangeAttribute" } type
        && type.FullMetadataNamespace() == MetadataNames.DataAnnotations;
}
