using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The properties and fields of a type, and the constructor that makes it.</summary>
internal static class ObjectMembers
{
    /// <summary>The public properties and fields, those of base types first, each in the order of its declaration.</summary>
    public static List<ISymbol> Of(INamedTypeSymbol type)
    {
        var result = new List<ISymbol>();
        foreach (var ancestor in Hierarchy(type))
        {
            foreach (var member in InOrder(ancestor.GetMembers().Where(IsData)))
            {
                // An override, or a member that hides another, takes its place.
                var index = result.FindIndex(other => other.Name == member.Name);
                if (index >= 0)
                {
                    result[index] = member;
                }
                else
                {
                    result.Add(member);
                }
            }
        }

        return result;
    }

    public static ITypeSymbol Type(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    public static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    public static bool IsReadable(ISymbol member, ParseContext context) =>
        member is IFieldSymbol || (member is IPropertySymbol { GetMethod: { } getter } && IsUsable(member, getter, context));

    public static bool IsWritable(ISymbol member, ParseContext context) =>
        member is IFieldSymbol { IsReadOnly: false }
        || (member is IPropertySymbol { SetMethod: { } setter } && IsUsable(member, setter, context));

    /// <summary>
    /// The constructor marked with [JsonConstructor], else the one without parameters, else the only one. A struct, which can always
    /// be made without, is made by its only other one.
    /// </summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type, ParseContext context)
    {
        var constructors = type.InstanceConstructors
            .Where(constructor => context.IsAccessible(constructor) && !IsCopy(constructor, type))
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

    private static List<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
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
        var list = members.ToList();
        var tree = list.FirstOrDefault()?.Locations.FirstOrDefault()?.SourceTree;
        return tree is not null && list.All(member => member.Locations.FirstOrDefault()?.SourceTree == tree)
            ? list.OrderBy(member => member.Locations[0].SourceSpan.Start)
            : list;
    }

    // While it is typed, a member may lack its name.
    private static bool IsData(ISymbol member) =>
        member is { Name.Length: > 0, IsStatic: false, DeclaredAccessibility: not Accessibility.Private }
        && (member.DeclaredAccessibility == Accessibility.Public || member.FindAttribute(MetadataNames.JsonInclude) is not null)
        && member is IPropertySymbol { IsIndexer: false, RefKind: RefKind.None } or IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false };

    private static bool IsUsable(ISymbol member, IMethodSymbol accessor, ParseContext context) =>
        (accessor.DeclaredAccessibility == Accessibility.Public || member.FindAttribute(MetadataNames.JsonInclude) is not null)
        && context.IsAccessible(accessor);

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1
        && type.IsRecord
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
