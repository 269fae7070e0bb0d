namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Members, with and without defaults.</summary>
internal sealed partial class RandomTypes
{
    /// <summary>Parameters, those with a default last.</summary>
    private IEnumerable<Member> Parameters(int depth) =>
        Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Next(depth)).Select(type => new Member(type, Chance(2) ? ConstantOf(type) : null))
            .OrderBy(member => member.Default is not null);

    private string RecordParameters(int depth) => string.Join(", ", Parameters(depth).Select((member, i) => Parameter(member, $"Member{i}", "property: ")));

    private string Properties(int depth) =>
        string.Join(' ', Enumerable.Range(0, 1 + random.Next(4)).Select(i => Property($"Member{i}", Typed(Next(depth)))));

    /// <summary>A property, required where it has no default.</summary>
    private string Property(string name, Member member, string modifier = "", string? set = null)
    {
        set ??= Pick("set", "init");
        var named = NameInJson(name);
        if (member.Default is not { } value)
        {
            return $"{named} {Demands(member.Type)} public {modifier} required {member.Type} {name} {{ get; {set}; }}";
        }

        // A collection that can be filled need not be set.
        var accessors = value.Code == "[]" && modifier.Length == 0 && IsFillable(member.Type) && Chance(2) ? "get;" : $"get; {set};";
        return $"{named} [{Hints.Default(value.Json)}] public {modifier} {member.Type} {name} {{ {accessors} }} = {value.Code};";
    }

    private string Computed() => Chance(3) ? $"public {Pick("int? Computed => 7", "string Computed => \"c\"", "(int?, int?) Computed => (1, null)")};" : "";

    /// <summary>A type with a default.</summary>
    private Member Optional(int depth)
    {
        var type = Typed(Next(depth));
        return type.Default is null ? new Member(type.Type + "?", new Default("null", "null")) : type;
    }

    private Member Typed(string type) => new(type, Chance(2) ? ConstantOf(type) ?? EmptyOf(type) : type.EndsWith('?') ? new Default("null", "null") : EmptyOf(type));

    private Default? ConstantOf(string type) => type switch
    {
        _ when type.EndsWith('?') && Chance(2) => new("null", "null"),
        "string" or "string?" => new("\"d\"", "\"d\""),
        "bool" or "bool?" => new("true", "true"),
        "char" => new("'c'", "\"c\""),
        "Guid" => new("default", "\"00000000-0000-0000-0000-000000000000\""),
        "DateOnly" => new("default", "\"0001-01-01\""),
        "TimeSpan" => new("default", "\"PT0S\""),
        _ when RandomPlugin.Integers.Contains(type.TrimEnd('?')) => new("3", "3"),
        "float" or "double" or "decimal" or "float?" => new("1", "1"),
        _ when type.EndsWith('?') => new("null", "null"),
        _ => null,
    };

    private static Default? EmptyOf(string type) =>
        type == "byte[]" ? new("[]", "\"\"")
        : type.EndsWith("[]", StringComparison.Ordinal) || (!type.EndsWith('?') && EmptyLists.Any(list => type.StartsWith(list, StringComparison.Ordinal)))
            ? new("[]", "[]")
        : null;

    private static readonly string[] EmptyLists =
        ["List<", "IReadOnlyList<", "IEnumerable<", "ICollection<", "System.Collections.Immutable.ImmutableArray<", "HashSet<", "Bag<", "Distinct<"];

    private static bool IsFillable(string type) =>
        !type.EndsWith(']') && new[] { "List<", "ICollection<", "HashSet<", "Bag<", "Distinct<" }.Any(list => type.StartsWith(list, StringComparison.Ordinal));

    private string Parameter(Member member, string name, string target) => (target.Length > 0 ? NameInJson(name, target) : "") + (member.Default is { } value
        ? $"[{target}{Hints.Default(value.Json)}] {member.Type} {name} = {value.Code}"
        : $"{Demands(member.Type)} {member.Type} {name}");

    private string NameInJson(string name, string target = "") =>
        Chance(6) ? $"[{target}System.Text.Json.Serialization.JsonPropertyName(\"{name}.json\")]" : "";

    /// <summary>Annotations for a place that has no default, which might not meet them.</summary>
    public string Demands(string type) => !Chance(2) ? "" : type.TrimEnd('?') switch
    {
        "string" => Pick(RandomPlugin.StringAnnotations),
        var plain when RandomPlugin.Integers.Contains(plain) => Pick(RandomPlugin.IntegerAnnotations),
        var plain when RandomPlugin.Numbers.Contains(plain) => Pick(RandomPlugin.NumberAnnotations),
        "byte[]" => "[MaxLength(3)]",
        var plain when plain.EndsWith("[]", StringComparison.Ordinal) || Lengthy.Any(list => plain.StartsWith(list, StringComparison.Ordinal)) =>
            Pick(RandomPlugin.LengthAnnotations),
        _ => "",
    };

    private static readonly string[] Lengthy =
        ["List<", "IReadOnlyList<", "IEnumerable<", "ICollection<", "Dictionary<string", "IReadOnlyDictionary<string", "System.Collections.Immutable.ImmutableDictionary<string"];

    /// <summary>What a member is when it is left out.</summary>
    private sealed record Default(string Code, string Json);

    private sealed record Member(string Type, Default? Default = null);
}
