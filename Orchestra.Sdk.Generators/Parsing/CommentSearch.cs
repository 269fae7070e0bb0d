using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Looks for a text in one comment after another, and in those that they inherit from. Where the compiler does not know a comment it notes
/// the place: documentation files are no part of the compilation, and are read for the finished model.
/// </summary>
internal sealed class CommentSearch(ParseContext context)
{
    private List<CommentReference>? _unknown;

    // Comments may inherit from one another.
    private HashSet<ISymbol>? _visited;

    /// <summary>The first text that was found; empty when none was.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where one may stand that comes before it.</summary>
    public EquatableArray<CommentReference> Unknown => _unknown is null ? default : new(_unknown);

    /// <summary>Whether there is a text, or may be one in a file.</summary>
    public bool HasText => Text.Length > 0 || _unknown is not null;

    public CommentSearch In(ISymbol? symbol, string element, string name = "")
    {
        _visited = null;
        if (symbol is not null)
        {
            Look(symbol, element, name, heir: null);
        }

        return this;
    }

    /// <summary>Of a member in parts looks at the implementing one first, as the compiler does.</summary>
    private void Look(ISymbol symbol, string element, string name, CommentReference? heir)
    {
        var implementation = symbol switch
        {
            IMethodSymbol method => (ISymbol?)method.PartialImplementationPart,
            IPropertySymbol property => property.PartialImplementationPart,
            _ => null,
        };
        var definition = symbol switch
        {
            IMethodSymbol method => (ISymbol?)method.PartialDefinitionPart,
            IPropertySymbol property => property.PartialDefinitionPart,
            _ => null,
        };
        if (implementation is not null)
        {
            LookAt(implementation, element, name, heir);
        }

        LookAt(symbol, element, name, heir);
        if (definition is not null)
        {
            LookAt(definition, element, name, heir);
        }
    }

    private void LookAt(ISymbol symbol, string element, string name, CommentReference? heir)
    {
        if (Text.Length > 0 || _visited?.Contains(symbol) is true)
        {
            return;
        }

        var comment = context.Comment(symbol);
        Text = comment.Text(element, name);
        var inherited = comment.Inherited(element, name);
        if (comment.IsEmpty && symbol.Locations.FirstOrDefault() is { IsInMetadata: true } && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id)
        {
            heir = new CommentReference(symbol.ContainingAssembly.Name, id, element, name, heir);
            (_unknown ??= []).Add(heir);

            // Only the file tells whether it inherits.
            inherited = "";
        }

        if (inherited is null || Text.Length > 0)
        {
            return;
        }

        (_visited ??= new(SymbolEqualityComparer.Default)).Add(symbol);
        foreach (var ancestor in inherited.Length > 0 ? CommentTarget.Named(inherited, symbol, context) : CommentTarget.InheritedBy(symbol))
        {
            Look(ancestor, element, name, heir);
        }
    }
}
