using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Tests.House;

/// <summary>Which folders of a project use which others, by the compiler's own view of each name.</summary>
internal static class FolderArrows
{
    /// <summary>One arrow for each two files and type.</summary>
    public static IReadOnlyList<FolderArrow> Of(CSharpCompilation compilation, Func<string, string> folderOf)
    {
        var arrows = new ConcurrentDictionary<FolderArrow, bool>();
        Dictionary<string, string?> owners = OwnersOf(compilation, folderOf);
        Parallel.ForEach(OwnTrees(compilation), tree =>
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            string from = folderOf(tree.FilePath);
            IEnumerable<INamedTypeSymbol> types = tree.GetRoot().DescendantNodes()
                .Where(MayRunOut)
                .SelectMany(node => TypesOf(model.GetSymbolInfo(node)));
            foreach (INamedTypeSymbol type in types)
            {
                foreach (string target in type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath))
                {
                    if (target.Length > 0 && folderOf(target) is var to && to != from)
                    {
                        arrows.TryAdd(new FolderArrow(from, to, tree.FilePath, target, type.Name), true);
                    }
                }
            }

            bool MayRunOut(SyntaxNode node) => node is ImplicitObjectCreationExpressionSyntax
                || (node is SimpleNameSyntax name && owners.TryGetValue(name.Identifier.ValueText, out string? owner) && owner != from);
        });
        return [.. arrows.Keys.OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Not those without a path, which are generated or only for the compiler.</summary>
    private static IEnumerable<SyntaxTree> OwnTrees(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    /// <summary>
    /// The folder that declares a name; null where several do. What none declares, or only the folder that uses it, makes no arrow and
    /// need not be asked for, which is dear.
    /// </summary>
    private static Dictionary<string, string?> OwnersOf(CSharpCompilation compilation, Func<string, string> folderOf)
    {
        var owners = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in OwnTrees(compilation))
        {
            string folder = folderOf(tree.FilePath);
            foreach (string name in tree.GetRoot().DescendantNodes(IsOutsideOfBodies).SelectMany(DeclaredNames))
            {
                owners[name] = owners.TryGetValue(name, out string? owner) && owner != folder ? null : folder;
            }
        }

        return owners;
    }

    private static bool IsOutsideOfBodies(SyntaxNode node) => node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax);

    private static IEnumerable<string> DeclaredNames(SyntaxNode node) => node switch
    {
        // [Tool] is ToolAttribute.
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText, WithoutSuffix(type.Identifier.ValueText, "Attribute")],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        VariableDeclaratorSyntax field => [field.Identifier.ValueText],
        EnumMemberDeclarationSyntax member => [member.Identifier.ValueText],

        // Those of a positional record are its properties.
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter => [parameter.Identifier.ValueText],
        _ => [],
    };

    private static string WithoutSuffix(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    /// <summary>The type that a name is, or whose member it is. Where the compiler hesitates, all that it may be.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesOf(SymbolInfo info) =>
        (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols)
        .Select(symbol => symbol as INamedTypeSymbol ?? symbol.ContainingType)
        .OfType<INamedTypeSymbol>()
        .Select(type => type.OriginalDefinition);
}
