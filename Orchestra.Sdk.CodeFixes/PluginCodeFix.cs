using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>What all fixes have in common: each changes one document, and can be applied to all of a project at once.</summary>
public abstract class PluginCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            OfferFixes(new Fault(context, diagnostic, root, model, text));
        }
    }

    private protected abstract void OfferFixes(Fault fault);
}
