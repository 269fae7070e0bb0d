namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>The types with members.</summary>
internal sealed partial class RandomTypes
{
    private string Object(int depth) => random.Next(12) switch
    {
        0 => $"Page<{Next(depth)}>",
        1 => $"Box<{Next(depth)}>",
        2 => Keyed(depth),
        3 => Class(depth),
        4 => Constructed(depth),
        5 => Struct(depth),
        6 => Derived(depth),
        7 => Recursive(depth),
        8 => Union(depth),
        9 => Changes(depth),
        10 => Extensible(depth),
        _ => Record(depth),
    };

    private string Record(int depth)
    {
        var name = NewName();
        return Declare(name, $"public {(Chance(3) ? "sealed " : "")}record {name}({RecordParameters(depth)}) {{ {Computed()} }}");
    }

    private string Struct(int depth)
    {
        var name = NewName();
        return Declare(name, Chance(2)
            ? $"public readonly record struct {name}({RecordParameters(depth)});"
            : $"public struct {name} {{ public {name}() {{ }} {Properties(depth)} }}");
    }

    private string Class(int depth)
    {
        var name = NewName();
        return Declare(name, $"public class {name} {{ {Properties(depth)} {Computed()} }}");
    }

    /// <summary>With a constructor, and properties that it alone sets.</summary>
    private string Constructed(int depth)
    {
        var name = NewName();
        var members = Parameters(depth).ToList();
        var parameters = members.Select((member, i) => Parameter(member, $"member{i}", target: ""));
        var properties = members.Select((member, i) => $"{NameInJson($"Member{i}")} public {member.Type} Member{i} {{ get;{Pick("", " init;", " private set;")} }} = member{i};");
        return Declare(name, $"public class {name}({string.Join(", ", parameters)}) {{ {string.Join(' ', properties)} }}");
    }

    /// <summary>With members that are hidden and overridden.</summary>
    private string Derived(int depth)
    {
        var (name, parent) = (NewName(), NewName());
        var (hidden, hiding, overridden) = (Optional(depth), Optional(depth), Optional(depth));
        var set = Pick("set", "init");

        // What hides it without being a member itself lets no initializer get at it.
        var isHiddenByData = Chance(2);
        Declare(parent, $"public abstract class {parent} {{ {Property("Member7", hidden, set: isHiddenByData ? null : "set")} {Property("Member8", overridden, "virtual", set)} {Property("Member9", Optional(depth))} }}");
        var overriding = overridden.Default?.Code == "3" ? new Default("4", "4") : overridden.Default;
        return Declare(name, $$"""
            public class {{name}} : {{parent}}
            {
                {{(isHiddenByData ? Property("Member7", hiding, "new") : "internal new int Member7 = 999;")}}
                {{Property("Member8", overridden with { Default = overriding }, "override", set)}}
                {{Properties(depth)}} {{Computed()}}
            }
            """);
    }

    private string Recursive(int depth)
    {
        var name = NewName();
        return Declare(name, random.Next(4) switch
        {
            0 => $"public record {name}(List<{name}> Items, {RecordParameters(depth)});",
            1 => $"public record {name}({Next(depth)} Content, {name}? Next = null);",
            2 => $"public class {name} {{ public required Dictionary<string, {name}?> Branches {{ get; init; }} public required {Next(depth)} Content {{ get; set; }} }}",
            _ => $"public class {name} {{ public ({name}?, {Next(depth)})? Pair {{ get; set; }} public {name}[]? Items {{ get; init; }} }}",
        });
    }

    private string Union(int depth)
    {
        var name = NewName();
        var isNumeric = Chance(3);
        string[] cases = [NewName(), NewName(), NewName()];
        Declare(cases[0], $"public record {cases[0]}({RecordParameters(depth)}) : {name};");
        Declare(cases[1], $"public record {cases[1]} : {name} {{ {Properties(depth)} }}");
        Declare(cases[2], $"public sealed record {cases[2]} : {cases[1]} {{ public required {Next(depth)} More {{ get; init; }} }}");
        var attributes = cases.Select((each, i) => $"System.Text.Json.Serialization.JsonDerivedType(typeof({each}), {(isNumeric ? $"{i}" : $"\"case-{i}\"")})");
        var kind = Chance(2) ? "[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\")] " : "";
        return Declare(name, $"[{string.Join(", ", attributes)}] {kind}public abstract record {name};");
    }

    /// <summary>With members that may be absent.</summary>
    private string Changes(int depth)
    {
        var name = NewName();
        return Declare(name, $$"""
            public record {{name}}([property: {{Hints.Absent}}] Optional<{{Next(depth)}}> First, [property: {{Hints.Absent}}] Optional<{{Next(depth)}}> Second = default)
            {
                [{{Hints.Absent}}] public Optional<{{Next(depth)}}> Third { get; set; }
                [{{Hints.Default("3")}}] public Optional<int> Fourth { get; init; } = 3;
            }
            """);
    }

    /// <summary>With members that it has no names for.</summary>
    private string Extensible(int depth)
    {
        var name = NewName();
        var type = Pick("Dictionary<string, System.Text.Json.JsonElement>", "IDictionary<string, object?>", "System.Text.Json.Nodes.JsonObject");
        return Declare(name, $"public class {name} {{ {Properties(depth)} [System.Text.Json.Serialization.JsonExtensionData] public {type}? Others {{ get; {Pick("set", "init")}; }} }}");
    }

    /// <summary>With a dictionary whose keys are no strings.</summary>
    private string Keyed(int depth)
    {
        var name = NewName();
        var index = 2 * random.Next(Keys.Length / 2);
        var (key, keys) = Chance(4) ? (Enum(), ["Red", "dark-green", "class"]) : (Keys[index], Keys[index + 1].Split(' '));
        return Declare(name, $"public record {name}([property: {Hints.Keys(keys)}] {Of(Pick(Dictionaries), Next(depth), key)} Map);");
    }
}
