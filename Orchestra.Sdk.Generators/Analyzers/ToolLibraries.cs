using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>The types whose tools are called though they are no plugins: what plugins derive from and implement.</summary>
internal sealed class ToolLibraries(Compilation compilation, CancellationToken cancellationToken)
{
    // Most compilations never ask: their tools are in plugins.
    private readonly Lazy<HashSet<ISymbol>> _basesOfPlugins = new(() => BasesOfPlugins(compilation, cancellationToken));

    /// <summary>
    /// Whether a plugin of this project has the type among its bases, or one of another project may: of an abstract class or an interface
    /// that others can see there is nothing else to do.
    /// </summary>
    public bool Contain(INamedTypeSymbol type) =>
        (type.IsAbstract && compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary && IsVisible(type))
        || _basesOfPlugins.Value.Contains(type.OriginalDefinition);

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private static HashSet<ISymbol> BasesOfPlugins(Compilation compilation, CancellationToken cancellationToken)
    {
        var bases = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<INamespaceOrTypeSymbol>([compilation.Assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = open.Pop();
            if (current is INamedTypeSymbol type && type.FindAttribute(MetadataNames.PluginAttribute) is not null)
            {
                bases.UnionWith(type.AllInterfaces.Select(contract => contract.OriginalDefinition));
                bases.UnionWith(ObjectMembers.Hierarchy(type).Select(ancestor => ancestor.OriginalDefinition));
            }

            foreach (var member in current.GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                open.Push(member);
            }
        }

        return bases;
    }
}
