using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Looks for a text in one comment after another. Where the compiler does not know a comment it notes the place: documentation files
/// are no part of the compilation, and are read for the finished model.
/// </summary>
internal sealed class CommentSearch(CancellationToken cancellationToken)
{
    private readonly List<CommentReference> _unknown = [];

    /// <summary>The first text that was found; empty when none was.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where one may stand that comes before it.</summary>
    public EquatableArray<CommentReference> Unknown => new(_unknown);

    public CommentSearch In(ISymbol? symbol, string element, string name = "") =>
        symbol is null || Text.Length > 0 ? this : In(symbol, DocumentationComment.Of(symbol, cancellationToken), element, name);

    /// <summary>The same for a comment that was parsed before.</summary>
    public CommentSearch In(ISymbol symbol, DocumentationComment comment, string element, string name)
    {
        if (Text.Length > 0)
        {
            return this;
        }

        Text = comment.Text(element, name);
        if (comment.IsEmpty
            && symbol.Locations.FirstOrDefault() is { IsInMetadata: true }
            && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id)
        {
            _unknown.Add(new CommentReference(symbol.ContainingAssembly.Name, id, element, name));
        }

        return this;
    }
}
