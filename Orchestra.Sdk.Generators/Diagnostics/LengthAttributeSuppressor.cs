using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Diagnostics;

/// <summary>
/// The constructors of [Length], [MinLength] and [MaxLength] warn that they reflect over the value they validate. On a tool's
/// parameter nobody runs them: the generator reads them at build time, so the warning has no cause there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LengthAttributeSuppressor : DiagnosticSuppressor
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
            if (diagnostic.Location.SourceTree is { } tree
                && Parameter(tree, diagnostic.Location, context) is { ContainingSymbol: IMethodSymbol method } parameter
                && method.FindAttribute(MetadataNames.ToolAttribute) is not null
                && IsOnLengthAttribute(parameter, diagnostic.Location))
            {
                context.ReportSuppression(Suppression.Create(Descriptor, diagnostic));
            }
        }
    }

    /// <summary>The parameter whose attributes the location is in.</summary>
    private static IParameterSymbol? Parameter(SyntaxTree tree, Location location, SuppressionAnalysisContext context)
    {
        var syntax = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan)
            .AncestorsAndSelf().OfType<ParameterSyntax>().FirstOrDefault();
        return syntax is null ? null : context.GetSemanticModel(tree).GetDeclaredSymbol(syntax, context.CancellationToken) as IParameterSymbol;
    }

    private static bool IsOnLengthAttribute(IParameterSymbol parameter, Location location) =>
        parameter.GetAttributes().Any(attribute =>
            attribute.AttributeClass is { Name: "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" } type
            && type.FullMetadataNamespace() == MetadataNames.DataAnnotations
            && attribute.ApplicationSyntaxReference?.Span.IntersectsWith(location.SourceSpan) == true);
}
