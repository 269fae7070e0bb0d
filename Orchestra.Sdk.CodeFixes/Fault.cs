using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>One diagnostic in one document, and where its fixes are offered.</summary>
internal sealed class Fault(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SemanticModel model, SourceText text)
{
    public string Id => diagnostic.Id;

    public SemanticModel Model => model;

    public SourceText Text => text;

    public CancellationToken CancellationToken => context.CancellationToken;

    /// <summary>The innermost node of a kind that the diagnostic is on or in.</summary>
    public T? Find<T>()
        where T : SyntaxNode =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();

    /// <summary>
    /// Offers a fix. Fixes are changes of text, not of syntax nodes: they then touch nothing but what they name, neither the
    /// formatting nor the comments around it.
    /// </summary>
    /// <param name="title">What the fix does.</param>
    /// <param name="kind">The same for what "fix all" shall apply together, whatever names the titles have.</param>
    /// <param name="changes">What to change.</param>
    public void Offer(string title, string kind, params TextChange[] changes)
    {
        var action = CodeAction.Create(
            title, _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes))), equivalenceKey: diagnostic.Id + "." + kind);
        context.RegisterCodeFix(action, diagnostic);
    }
}
