using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// How many schemas stand within the schema of a type. A type stands in full wherever it is used, so that of types that each use the
/// next one twice the schema doubles with every type: what is too heavy to be repeated is shared, as recursive types are.
/// </summary>
internal sealed class SchemaWeights
{
    /// <summary>Far more than a tool that a model understands has.</summary>
    public const int MaxRepeated = 1000;

    private readonly Dictionary<string, int> _weights = [];

    /// <summary>The weight of a type whose members' types were added before, but for those that contain it.</summary>
    public int Add(TypeDefinition definition)
    {
        var weight = definition switch
        {
            ObjectDefinition members => members.Members.Sum(member => 1 + Of(member.Property.Type)),
            UnionDefinition union => union.Cases.Sum(@case => 1 + Content(@case.Type)),
            EnumDefinition named => named.Members.Count,
            _ => 0,
        };
        return _weights[definition.Name] = weight;
    }

    private int Of(TypeModel type) => type switch
    {
        NullableType nullable => Of(nullable.Inner),
        ListType list => 1 + Of(list.Item),
        DictionaryType dictionary => 1 + Of(dictionary.Value),
        TupleType tuple => tuple.Items.Sum(item => 1 + Of(item)),
        // Where it is shared it weighs no more than a reference.
        DefinedType defined => Content(defined) is <= MaxRepeated and var weight ? weight : 1,
        _ => 0,
    };

    private int Content(DefinedType type) => _weights.TryGetValue(type.Name, out var weight) ? weight : 1;
}
