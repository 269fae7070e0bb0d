using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>How the plugins that a compilation sees make their names: a typed call does not tell which of them it is for.</summary>
internal static class PluginNames
{
    private const string Sdk = "Orchestra.Sdk";

    private static readonly ConditionalWeakTable<Compilation, NamingPair[]> Known = new();

    /// <summary>The ways, that of a plugin that does not say so among them.</summary>
    public static NamingPair[] Of(Compilation compilation) => Known.GetValue(compilation, static compilation => Find(compilation));

    private static NamingPair[] Find(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols
        .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Sdk)))
        .Append(compilation.Assembly)
        .SelectMany(assembly => TypesIn(assembly.GlobalNamespace))
        .Select(type => type.FindAttribute(MetadataNames.PluginAttribute))
        .OfType<AttributeData>()
        .Select(plugin => NamingPolicies.PairOf(plugin))
        .Prepend(NamingPair.Default)
        .Distinct()
        .ToArray();

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (inner is INamedTypeSymbol type)
                {
                    yield return type;
                }

                foreach (var within in TypesIn(inner))
                {
                    yield return within;
                }
            }
        }
    }
}
