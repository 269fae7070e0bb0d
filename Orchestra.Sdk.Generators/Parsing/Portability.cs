using System.Collections.Generic;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Finds what no schema of the plugin's profile can say to every client that it is for.</summary>
internal readonly struct Portability(TypeParser types, SchemaProfile profile)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>What is not portable in the type; null when all is.</summary>
    public string? Fault(TypeModel type) => profile == SchemaProfile.Full ? null : type switch
    {
        TupleType tuple => $"the tuple '{tuple.FullName.Replace("global::", "")}' is an array with prefixItems: a record is portable",
        AnyType { Kind: AnyKind.Struct or AnyKind.JsonObject } any =>
            $"'{any.FullName.Replace("global::", "")}' says nothing of its members: a record is portable",
        AnyType any => $"'{any.FullName.Replace("global::", "")}' is JSON of any kind: a type of your own is portable",
        DictionaryType when profile == SchemaProfile.OpenAIStrict => "a dictionary has members that a strict schema cannot name: a list of records is portable",
        DictionaryType dictionary => Fault(dictionary.Value),
        NullableType nullable => Fault(nullable.Inner),
        ListType list => Fault(list.Item),
        DefinedType defined when _seen.Add(defined.Name) => Fault(types.Definition(defined)),
        _ => null,
    };

    private string? Fault(TypeDefinition definition)
    {
        switch (definition)
        {
            case UnionDefinition union:
                return $"the values of '{union.FullName.Replace("global::", "")}' are of several types, which is anyOf in a schema: a record with an enum is portable";
            case ObjectDefinition members:
                foreach (var member in members.Members)
                {
                    if (Fault(member.Property.Type) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            default:
                return null;
        }
    }
}
