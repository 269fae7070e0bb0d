namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Plugins whose tools give back what they take, of random types: one plugin for each profile.</summary>
internal sealed class EchoPlugin
{
    public static readonly SchemaProfile[] Profiles = [SchemaProfile.Full, SchemaProfile.Portable, SchemaProfile.OpenAIStrict];

    public EchoPlugin(Random random, int tools)
    {
        var types = new RandomTypes(random);
        Types = [.. Enumerable.Range(0, tools).Select(_ => types.Next(depth: 3))];
        string[] demands = [.. Types.Select(types.Demands)];
        Source = string.Join('\n', Profiles.Select(profile => $$"""
            [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})]
            public partial class {{profile}}Plugin
            {
                {{string.Join("\n    ", Types.Select((type, i) =>
                    $"[Tool(Name = \"t{i}\", Description = \"d\"{(i % 2 == 0 ? ", Strict = true" : "")})] public {type} T{i}({demands[i]}{type} x) => x;"))}}
            }
            """).Append(types.Declarations));
    }

    /// <summary>The types; the name of the tool of each is <c>t</c> and its index.</summary>
    public IReadOnlyList<string> Types { get; }

    public string Source { get; }

    /// <summary>The plugin class of a profile.</summary>
    public static string NameOf(SchemaProfile profile) => $"{profile}Plugin";
}
