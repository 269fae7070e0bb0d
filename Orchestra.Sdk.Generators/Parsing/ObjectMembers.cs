using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The properties and fields of a type, and the constructor that makes it.</summary>
internal static class ObjectMembers
{
    /// <summary>The properties and fields that count, those of base types first, each in the order of its declaration.</summary>
    public static List<DataMember> Of(INamedTypeSymbol type, ParseContext context)
    {
        var result = new List<DataMember>();
        var indexes = new Dictionary<string, int>();
        foreach (var ancestor in Hierarchy(type))
        {
            foreach (var member in InOrder(ancestor.GetMembers()).Select(symbol => new DataMember(symbol, type, context)).Where(member => member.IsData))
            {
                context.CancellationToken.ThrowIfCancellationRequested();

                // An override, or a member that hides another, takes its place. What does not count hides nothing.
                if (indexes.TryGetValue(member.Symbol.Name, out var index))
                {
                    result[index] = member;
                }
                else
                {
                    indexes.Add(member.Symbol.Name, result.Count);
                    result.Add(member);
                }
            }
        }

        return result;
    }

    /// <summary>The members that C# wants in the initializer and that do not count; null when there is none.</summary>
    public static ISymbol? UnsettableRequired(INamedTypeSymbol type, ParseContext context) => Hierarchy(type)
        .SelectMany(ancestor => ancestor.GetMembers())
        .Where(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
        .FirstOrDefault(member => new DataMember(member, type, context) is not { IsData: true, IsWritable: true });

    /// <summary>
    /// The constructor marked with [JsonConstructor], else the one without parameters, else the only one. A struct, which can always
    /// be made without, is made by its only other one.
    /// </summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type, ParseContext context)
    {
        var constructors = type.InstanceConstructors
            .Where(constructor => context.IsAccessible(constructor, type) && !constructor.IsObsoleteAsError() && !IsCopy(constructor, type))
            .ToList();
        if (constructors.FirstOrDefault(constructor => constructor.FindAttribute(MetadataNames.JsonConstructor) is not null) is { } marked)
        {
            return marked;
        }

        var visible = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        var withParameters = visible.Where(constructor => constructor.Parameters.Length > 0).ToList();
        var without = visible.FirstOrDefault(constructor => constructor.Parameters.Length == 0);
        return without is null || (type.IsValueType && without.IsImplicitlyDeclared && withParameters.Count == 1)
            ? withParameters.Count == 1 ? withParameters[0] : null
            : without;
    }

    /// <summary>The type and its base types, but for those of every type, the outermost base first.</summary>
    public static List<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        var result = new List<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            result.Insert(0, current);
        }

        return result;
    }

    /// <summary>The compiler lists a record's parameters after its other members.</summary>
    private static IEnumerable<ISymbol> InOrder(IEnumerable<ISymbol> members)
    {
        var list = members.Where(member => member is IPropertySymbol or IFieldSymbol).ToList();
        var tree = list.FirstOrDefault()?.Locations.FirstOrDefault()?.SourceTree;
        return tree is not null && list.All(member => member.Locations.FirstOrDefault()?.SourceTree == tree)
            ? list.OrderBy(member => member.Locations[0].SourceSpan.Start)
            : list;
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1
        && type.IsRecord
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
