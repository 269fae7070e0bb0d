using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Makes JSON Schema 2020-12 of the models.</summary>
/// <param name="types">The types that may occur.</param>
/// <param name="profile">Whom it is for.</param>
/// <param name="isOutput">Whether it is for what is sent, rather than for what is taken.</param>
internal sealed partial class SchemaBuilder(EquatableArray<TypeDefinition> types, SchemaProfile profile, bool isOutput = false)
{
    private readonly Dictionary<string, TypeDefinition> _definitions = types.ToDictionary(type => type.Name);

    // All others stand where they are used, because some clients cannot follow $ref.
    private readonly SharedTypes _sharedTypes = new(types, profile);

    // Those of the schema being built.
    private Json.Object _shared = new();
    private readonly HashSet<string> _sharedNames = [];

    /// <summary>The schema of a tool's arguments.</summary>
    public Json.Object Arguments(ToolModel tool) =>
        Root(Object(tool.Parameters.Select(parameter => parameter.Property).OfType<PropertyModel>()));

    private Json.Object Root(Json.Object schema)
    {
        if (_shared.Members.Count > 0)
        {
            schema.Add("$defs", _shared);
        }

        _shared = new Json.Object();
        _sharedNames.Clear();
        return schema;
    }

    private Json.Object Object(IEnumerable<PropertyModel> members, string title = "", string description = "", UnionTag? tag = null, bool isOpen = false)
    {
        var properties = new Json.Object();
        var required = new List<string>();
        if (tag is { } union)
        {
            properties.Add(union.Name, union.Schema);
            required.Add(union.Name);
        }

        foreach (var member in members)
        {
            // A strict schema demands every member; what may be left out may be null instead.
            var isOptional = !member.IsRequired && profile == SchemaProfile.OpenAIStrict;
            properties.Add(member.Name, Property(member, isOptional));
            if (member.IsRequired || isOptional)
            {
                required.Add(member.Name);
            }
        }

        return Members(title, description, properties, required, isOpen);
    }

    private Json.Object Members(string title, string description, Json.Object properties, List<string> required, bool isOpen = false)
    {
        // Both are there even when empty: some clients refuse a schema without them.
        var schema = new Json.Object();
        schema.Add("type", Json.Of("object"));
        SchemaParts.AddTexts(schema, title, description);
        schema.Add("properties", properties);
        schema.Add("required", Json.OfStrings(required));
        if (profile != SchemaProfile.Portable && !(profile == SchemaProfile.Full && isOpen))
        {
            schema.Add("additionalProperties", Json.Of(false));
        }

        return schema;
    }

    private Json.Object Property(PropertyModel property, bool isOptional)
    {
        var type = property.Type;
        if (isOptional && type is not NullableType)
        {
            type = new NullableType(type, IsValueType: false, type.FullName);
        }

        // [Required] takes no null, whatever the type says.
        var schema = Of(
            property.IsRequired && property.Constraints.IsRequired ? type.WithoutNullable() : type,
            property.Constraints,
            property.Title,
            property.Description);
        if (property.Default is { } value)
        {
            if (profile == SchemaProfile.Full)
            {
                schema.Add("default", SchemaKeywords.Default(value));
            }
            else
            {
                SchemaParts.AddWords(schema, Sentences.Default(value));
            }
        }

        return schema;
    }

    private Json.Object Of(TypeModel type) => Of(type, Constraints.None, "", "");

    private Json.Object Of(TypeModel type, Constraints constraints, string title, string description)
    {
        switch (type)
        {
            case NullableType nullable:
                var inner = Of(nullable.Inner, constraints, title, description);
                return profile == SchemaProfile.Portable ? inner : SchemaParts.OrNull(inner);
            case DefinedType defined:
                return Defined(_definitions[defined.Name], title, description);
            case ListType list:
                var array = SchemaParts.Array(title, description, constraints);
                array.Add("items", Of(list.Item));
                return list.Kind == ListKind.Set && !(isOutput && MayLookEqual(list.Item)) ? Unique(array) : array;
            case TupleType tuple:
                return Tuple(tuple, title, description);
            case DictionaryType dictionary:
                return Dictionary(dictionary, constraints, title, description);
            case AnyType any:
                return Any(any.Kind, title, description);
            default:
                var scalar = SchemaKeywords.Scalar((ScalarType)type, constraints, title, description, profile);
                return isOutput ? SchemaParts.AsGiven(scalar, ((ScalarType)type).Kind) : scalar;
        }
    }

    private Json.Object Defined(TypeDefinition definition, string title, string description)
    {
        if (definition is EnumDefinition enumDefinition)
        {
            return Enum(enumDefinition, Either(title, definition.Title), Either(description, definition.Description));
        }

        if (!_sharedTypes.Contains(definition))
        {
            return Content(definition, title, description);
        }

        if (_sharedNames.Add(definition.Name))
        {
            // Its place is taken first, so that the order is that of the first use.
            var index = _shared.Members.Count;
            _shared.Add(definition.Name, Json.OfNull());
            _shared.Members[index] = new KeyValuePair<string, Json>(definition.Name, Content(definition, "", ""));
        }

        var reference = new Json.Object();
        reference.Add("$ref", Json.Of("#/$defs/" + definition.Name));
        return title.Length == 0 && (description.Length == 0 || description == definition.Description)
            ? reference
            : SchemaParts.Choice([reference], title, description);
    }

    private Json.Object Content(TypeDefinition definition, string title, string description, UnionTag? tag = null)
    {
        title = Either(title, definition.Title);
        description = Either(description, definition.Description);
        if (definition is ObjectDefinition members)
        {
            return Object(members.Members.Select(member => member.Property), title, description, tag, isOpen: members.Extension is not null);
        }

        var union = (UnionDefinition)definition;
        return SchemaParts.Choice(
            union.Cases.Select(@case => Content(
                _definitions[@case.Type.Name], "", "", new UnionTag(union.Discriminator, Tag(union, @case)))),
            title,
            description);
    }

    private Json.Object Tag(UnionDefinition union, UnionCase @case)
    {
        var schema = new Json.Object();
        var tag = union.IsNumeric ? Json.OfNumber(@case.Tag) : Json.Of(@case.Tag);
        schema.Add("type", Json.Of(union.IsNumeric ? "integer" : "string"));
        if (profile == SchemaProfile.Portable)
        {
            schema.Add("enum", Json.OfItems([tag]));
        }
        else
        {
            schema.Add("const", tag);
        }

        return schema;
    }

    private Json.Object Enum(EnumDefinition definition, string title, string description)
    {
        description = Sentences.WithMeanings(description, definition.Members);
        if (!definition.IsFlags)
        {
            return Names(definition, title, description);
        }

        var array = SchemaParts.Array(title, description, Constraints.None);
        array.Add("items", Names(definition, "", ""));
        return Unique(array);
    }

    /// <summary>The names of an enum's members. What has none goes out as its number, and does not come in.</summary>
    private Json.Object Names(EnumDefinition definition, string title, string description)
    {
        var names = isOutput ? SchemaParts.Texts("string", "", "") : SchemaParts.Texts("string", title, description);
        names.Add("enum", Json.OfStrings(definition.Members.Select(member => member.Name)));
        if (!isOutput)
        {
            return names;
        }

        var number = SchemaParts.Texts("integer", "", "");
        if (definition.UnderlyingType is "long" or "ulong")
        {
            SchemaParts.OrText(number).Add("pattern", Json.Of(ScalarFormats.AnyInteger));
        }

        return SchemaParts.Choice([names, number], title, description);
    }

    /// <summary>Whether two values that are not equal in C# may be so in JSON, such as objects without an equality of their own.</summary>
    private bool MayLookEqual(TypeModel type) => type.WithoutNullable() switch
    {
        ScalarType { Kind: ScalarKind.Parsable or ScalarKind.Bytes or ScalarKind.Memory } => true,
        DefinedType defined => _definitions[defined.Name] is not EnumDefinition,
        ScalarType => false,
        _ => true,
    };

    private Json.Object Unique(Json.Object array)
    {
        if (profile == SchemaProfile.Full)
        {
            array.Add("uniqueItems", Json.Of(true));
        }
        else
        {
            SchemaParts.AddWords(array, "each item once");
        }

        return array;
    }

    private Json.Object Dictionary(DictionaryType dictionary, Constraints constraints, string title, string description)
    {
        var schema = SchemaParts.Texts("object", title, description);
        SchemaKeywords.AddLengths(schema, "minProperties", "maxProperties", constraints);
        schema.Add("properties", new Json.Object());
        if (!dictionary.IsOfStrings())
        {
            SchemaParts.AddWords(schema, "keys: " + new TypeWords(_definitions).Of(dictionary.Key));
        }

        if (profile == SchemaProfile.Portable)
        {
            SchemaParts.AddWords(schema, "values: " + new TypeWords(_definitions).Of(dictionary.Value));
        }
        else
        {
            schema.Add("additionalProperties", Of(dictionary.Value));
        }

        return schema;
    }

    private Json.Object Tuple(TupleType tuple, string title, string description)
    {
        var schema = SchemaParts.Texts("array", title, description);
        if (profile == SchemaProfile.Portable)
        {
            SchemaParts.AddWords(schema, "in this order: " + string.Join(", ", tuple.Items.Select(new TypeWords(_definitions).Of)));
        }
        else
        {
            schema.Add("prefixItems", Json.OfItems(tuple.Items.Select(Of)));
        }

        schema.Add("minItems", Json.Of(tuple.Items.Count));
        schema.Add("maxItems", Json.Of(tuple.Items.Count));

        // No item is left for it, but an array without "items" is refused by some clients, and a boolean schema by others.
        schema.Add("items", profile == SchemaProfile.Full ? Json.Of(false) : new Json.Object());
        return schema;
    }

    private Json.Object Any(AnyKind kind, string title, string description)
    {
        if (kind is AnyKind.Struct or AnyKind.JsonObject)
        {
            var schema = SchemaParts.Texts("object", title, description);
            schema.Add("properties", new Json.Object());
            return schema;
        }

        if (kind == AnyKind.JsonArray)
        {
            var schema = SchemaParts.Texts("array", title, description);
            schema.Add("items", new Json.Object());
            return schema;
        }

        var any = new Json.Object();
        if (profile == SchemaProfile.Full && kind is (AnyKind.JsonNode or AnyKind.Any))
        {
            // Null is no object.
            any.Add("type", Json.OfStrings(["string", "number", "boolean", "array", "object"]));
        }

        SchemaParts.AddTexts(any, title, description);
        return any;
    }

    private static string Either(string first, string second) => first.Length > 0 ? first : second;

    private readonly struct UnionTag(string name, Json.Object schema)
    {
        public string Name => name;

        public Json.Object Schema => schema;
    }
}
