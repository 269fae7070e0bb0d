using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>What a value of a type is, in words, for a place where a schema may not stand.</summary>
/// <param name="definitions">The types that may occur, by name.</param>
internal sealed class TypeWords(IReadOnlyDictionary<string, TypeDefinition> definitions)
{
    private const int MaxMembers = 50;

    // The types whose members are being told: within itself a type is told by its name, and so are all once so many members are told.
    private readonly HashSet<string> _open = [];
    private int _members;

    public string Of(TypeModel type) => type switch
    {
        NullableType nullable => Of(nullable.Inner),
        ScalarType scalar => Scalar(scalar.Kind),
        ListType list => "list of " + Of(list.Item),
        DictionaryType dictionary => "object of " + Of(dictionary.Value),
        TupleType tuple => "list of " + string.Join(", ", tuple.Items.Select(Of)),
        DefinedType defined => Of(definitions[defined.Name]),
        AnyType { Kind: AnyKind.Struct or AnyKind.JsonObject } => "object",
        AnyType { Kind: AnyKind.JsonArray } => "list",
        _ => "anything",
    };

    private static string Scalar(ScalarKind kind)
    {
        var words = ScalarFormats.Words(kind);
        return ScalarFormats.TypeKeyword(kind) + (words.Length > 0 ? $" ({words})" : "");
    }

    private string Of(TypeDefinition definition)
    {
        if (definition is EnumDefinition names)
        {
            var choice = "one of " + string.Join(", ", names.Members.Select(member => Json.Of(member.Name)));
            return names.IsFlags ? "list of " + choice : choice;
        }

        if (_members > MaxMembers || !_open.Add(definition.Name))
        {
            return definition.Name;
        }

        var words = definition switch
        {
            ObjectDefinition members => Members(members),
            UnionDefinition union => string.Join(" or ", union.Cases.Select(@case =>
                Members((ObjectDefinition)definitions[@case.Type.Name], $"{union.Discriminator} ({(union.IsNumeric ? @case.Tag : Json.Of(@case.Tag))})"))),
            _ => "object",
        };
        _open.Remove(definition.Name);
        return words;
    }

    private string Members(ObjectDefinition type, string first = "")
    {
        _members += type.Members.Count;
        var members = type.Members.Select(member => member.Property)
            .Select(property => $"{property.Name} ({Of(property.Type)}{(property.IsRequired ? "" : ", optional")})");
        var words = string.Join(", ", first.Length > 0 ? members.Prepend(first) : members);
        return words.Length > 0 ? "object with " + words : "object";
    }
}
