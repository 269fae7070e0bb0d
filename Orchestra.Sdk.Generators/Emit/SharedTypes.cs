using System;
using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>
/// The types whose schemas stand in <c>$defs</c>, and not where they are used: those that contain themselves, which are found as the
/// strongly connected components of what contains what, and those that are too heavy to be repeated. Of types that each use the next one
/// twice the schema doubles with every type.
/// </summary>
internal sealed class SharedTypes
{
    /// <summary>How many schemas within one may be repeated: far more than a tool that a model understands has.</summary>
    private const int MaxRepeated = 1000;

    private readonly Dictionary<string, TypeDefinition> _definitions;
    private readonly SchemaProfile _profile;
    private readonly HashSet<string> _shared = [];

    // How many schemas stand within that of a type, once it is known.
    private readonly Dictionary<string, int> _weights = [];

    // The order in which types were come upon, and those whose component is not complete.
    private readonly Dictionary<string, int> _orders = [];
    private readonly List<string> _open = [];

    public SharedTypes(EquatableArray<TypeDefinition> types, SchemaProfile profile)
    {
        _definitions = types.ToDictionary(type => type.Name);
        _profile = profile;
        foreach (var type in types)
        {
            if (!_orders.ContainsKey(type.Name))
            {
                Visit(type.Name);
            }
        }
    }

    public bool Contains(TypeDefinition type) => _shared.Contains(type.Name);

    /// <summary>Completes the components of the types within a type; the first type of an open component that they lead to.</summary>
    private int Visit(string name)
    {
        var order = _orders.Count;
        _orders.Add(name, order);
        var start = _open.Count;
        _open.Add(name);
        var first = order;
        var containsItself = false;
        foreach (var inner in Parts(_definitions[name]).SelectMany(Within))
        {
            containsItself |= inner.Name == name;
            if (!_orders.TryGetValue(inner.Name, out var known))
            {
                first = Math.Min(first, Visit(inner.Name));
            }
            else if (!_weights.ContainsKey(inner.Name))
            {
                first = Math.Min(first, known);
            }
        }

        if (first == order)
        {
            Complete(start, isCircle: containsItself || _open.Count > start + 1);
        }

        return first;
    }

    private void Complete(int start, bool isCircle)
    {
        var component = _open.Skip(start).Reverse().ToList();
        _open.RemoveRange(start, component.Count);
        _shared.UnionWith(isCircle ? component : []);
        foreach (var name in component)
        {
            var definition = _definitions[name];
            var weight = definition is EnumDefinition names ? names.Members.Count : Parts(definition).Sum(part => 1 + Weight(part));
            _weights.Add(name, weight);
            if (weight > MaxRepeated && definition is not EnumDefinition)
            {
                _shared.Add(name);
            }
        }
    }

    /// <summary>What the schema of a type has within it.</summary>
    private static IEnumerable<TypeModel> Parts(TypeDefinition definition) => definition switch
    {
        ObjectDefinition type => type.Members.Select(member => member.Property.Type),
        UnionDefinition union => union.Cases.Select(@case => @case.Type),
        _ => [],
    };

    private int Weight(TypeModel type) => Of(type) switch
    {
        DefinedType defined => _shared.Contains(defined.Name) ? 1 : _weights.TryGetValue(defined.Name, out var weight) ? weight : 1,
        _ => Items(type).Sum(item => 1 + Weight(item)),
    };

    private IEnumerable<DefinedType> Within(TypeModel type) => Of(type) is DefinedType defined ? [defined] : Items(type).SelectMany(Within);

    private static TypeModel Of(TypeModel type) => type.WithoutNullable();

    /// <summary>What stands within the schema of a list or the like. In Portable a map's values and a tuple's items are told in words.</summary>
    private IEnumerable<TypeModel> Items(TypeModel type) => Of(type) switch
    {
        ListType list => [list.Item],
        DictionaryType dictionary when _profile != SchemaProfile.Portable => [dictionary.Value],
        TupleType tuple when _profile != SchemaProfile.Portable => tuple.Items,
        _ => [],
    };
}
