using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Describing;

/// <summary>A member of what a schema describes, for people.</summary>
/// <param name="Path">Where it stands: <c>items[].price</c>.</param>
/// <param name="Type">What it may be: <c>integer, 1 to 10, optional</c>.</param>
/// <param name="Description">What it means.</param>
internal sealed record SchemaMember(string Path, string Type, string Description);

/// <summary>Lists the members of what a schema describes. A schema of a builder's plugin may be any: what is unknown is left out.</summary>
/// <param name="root">The schema.</param>
internal sealed class SchemaMembers(Struct root)
{
    private const int MaxDepth = 32;

    private readonly List<SchemaMember> _members = [];

    // The shared schemas that are being listed: a recursive one is listed once.
    private readonly HashSet<string> _open = [];

    public static IReadOnlyList<SchemaMember> Of(Struct schema)
    {
        var members = new SchemaMembers(schema);
        members.AddWithin(schema, "", 0);
        return members._members;
    }

    private void AddWithin(Struct schema, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        string? reference = Text(schema, "$ref");
        if (reference is not null)
        {
            if (_open.Add(reference) && Target(reference) is { } target)
            {
                AddWithin(target, path, depth + 1);
                _open.Remove(reference);
            }

            return;
        }

        HashSet<string> required = [.. Texts(schema, "required")];
        foreach ((string name, Value value) in Member(schema, "properties")?.Fields ?? [])
        {
            if (value.StructValue is { } property)
            {
                Add(property, path.Length == 0 ? name : $"{path}.{name}", required.Contains(name), depth);
            }
        }

        if (Member(schema, "items") is { } items)
        {
            AddWithin(items, path + "[]", depth + 1);
        }

        if (Member(schema, "additionalProperties") is { } more)
        {
            AddWithin(more, path.Length == 0 ? "*" : path + ".*", depth + 1);
        }

        foreach (Struct choice in Structs(schema, "anyOf").Concat(Structs(schema, "prefixItems")))
        {
            AddWithin(choice, path, depth + 1);
        }
    }

    private void Add(Struct property, string path, bool isRequired, int depth)
    {
        string type = TypeOf(property, 0);
        string? description = Text(property, "description") ?? (Target(Text(property, "$ref")) is { } target ? Text(target, "description") : null);
        _members.Add(new SchemaMember(path, isRequired ? type : $"{type}, optional{SchemaWords.Default(property)}", description ?? ""));
        AddWithin(property, path, depth + 1);
    }

    private static string TypeOf(Struct schema, int depth)
    {
        if (depth > MaxDepth)
        {
            return "…";
        }

        if (Text(schema, "$ref") is { } reference)
        {
            return reference[(reference.LastIndexOf('/') + 1)..];
        }

        if (Find(schema, "const") is { } constant)
        {
            return $"always {SchemaWords.Literal(constant)}";
        }

        if (Values(schema, "enum") is { Length: > 0 } values)
        {
            return $"one of {string.Join(", ", values.Where(static value => !value.HasNullValue).Select(SchemaWords.Literal))}";
        }

        if (Structs(schema, "anyOf").Where(static choice => Text(choice, "type") != "null").ToList() is { Count: > 0 } choices)
        {
            return string.Join(" or ", choices.Select(choice => TypeOf(choice, depth + 1)).Distinct());
        }

        string type = SchemaWords.Type(schema);
        if (type == "array")
        {
            string items = Structs(schema, "prefixItems").ToList() is { Count: > 0 } places
                ? string.Join(" and ", places.Select(place => TypeOf(place, depth + 1)))
                : Member(schema, "items") is { } item ? TypeOf(item, depth + 1) : "anything";
            return $"list of {items}{SchemaWords.Limits(schema)}";
        }

        return Member(schema, "additionalProperties") is { } more
            ? $"object of {TypeOf(more, depth + 1)}{SchemaWords.Limits(schema)}"
            : type + SchemaWords.Limits(schema);
    }

    private Struct? Target(string? reference) =>
        reference?.StartsWith("#/$defs/", StringComparison.Ordinal) is true && Member(root, "$defs") is { } shared
            ? Member(shared, reference["#/$defs/".Length..])
            : null;

    private static Value? Find(Struct schema, string name) => schema.Fields.TryGetValue(name, out Value? value) ? value : null;

    private static Struct? Member(Struct schema, string name) => Find(schema, name)?.StructValue;

    private static string? Text(Struct schema, string name) => Find(schema, name) is { HasStringValue: true } text ? text.StringValue : null;

    private static Value[] Values(Struct schema, string name) => [.. Find(schema, name)?.ListValue?.Values ?? []];

    private static IEnumerable<string> Texts(Struct schema, string name) =>
        Values(schema, name).Where(static value => value.HasStringValue).Select(static value => value.StringValue);

    private static IEnumerable<Struct> Structs(Struct schema, string name) =>
        Values(schema, name).Select(static value => value.StructValue).OfType<Struct>();
}
