using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>How the names in JSON are made of those in C#: in schemas, arguments and results alike.</summary>
public sealed class NamingPolicyTests
{
    private const string Types = """
        public record Note(string NoteTitle, Level HowMuch = Level.VeryHigh)
        {
            public int HTTPStatus { get; set; }

            [System.Text.Json.Serialization.JsonPropertyName("Given_Name")] public bool Named { get; set; }
        }

        public enum Level { Low, VeryHigh, [System.Text.Json.Serialization.JsonStringEnumMemberName("As Said")] Said }
        """;

    [TestCase("", "X_y ProjectId aNote aNote.noteTitle aNote.howMuch aNote.httpStatus aNote.Given_Name Given", "Low VeryHigh As_Said")]
    [TestCase("CamelCase", "x_y projectId aNote aNote.noteTitle aNote.howMuch aNote.httpStatus aNote.Given_Name Given", "low veryHigh As_Said")]
    [TestCase("AsWritten", "X_y ProjectId aNote aNote.NoteTitle aNote.HowMuch aNote.HTTPStatus aNote.Given_Name Given", "Low VeryHigh As_Said")]
    [TestCase("SnakeCase", "x_y project_id a_note a_note.note_title a_note.how_much a_note.http_status a_note.Given_Name Given", "low very_high As_Said")]
    [TestCase("KebabCase", "x-y project-id a-note a-note.note-title a-note.how-much a-note.http-status a-note.Given_Name Given", "low very-high As_Said")]
    public async Task Of_arguments_members_and_enums(string policy, string names, string values)
    {
        var plugin = Load(policy, "[Tool(Description = \"d\")] public Note M(int X_y, int ProjectId, Note aNote, [Argument(Name = \"Given\")] bool other = true) => aNote;");
        var members = Orchestra.Sdk.Describing.SchemaMembers.Of(plugin.Tools.Tools.Single().InputSchema).ToList();
        Assert.That(members.Select(member => member.Path), Is.EqualTo(names.Split(' ')));
        var level = members.Single(member => member.Type.StartsWith("one of", StringComparison.Ordinal));
        string[] expected = [.. values.Split(' ').Select(value => value.Replace('_', value.StartsWith("As", StringComparison.Ordinal) ? ' ' : '_'))];
        Assert.That(level.Type, Is.EqualTo($"one of {string.Join(", ", expected.Select(value => $"`{value}`"))}, optional"));
        Assert.That(level.Description, Is.EqualTo($"default \"{expected[1]}\""));

        var note = new JsonObject();
        foreach (var member in members.Where(member => member.Path.Contains('.', StringComparison.Ordinal)))
        {
            note[member.Path.Split('.')[1]] = member.Type.StartsWith("string", StringComparison.Ordinal) ? "t"
                : member.Type.StartsWith("integer", StringComparison.Ordinal) ? 7
                : member.Type.StartsWith("boolean", StringComparison.Ordinal) ? true
                : JsonValue.Create(expected[2]);
        }

        var tops = names.Split(' ');
        var arguments = new JsonObject { [tops[0]] = 1, [tops[1]] = 2, [tops[2]] = note.DeepClone() };
        var answer = (await plugin.CallAsync("m", arguments.ToJsonString()))!;
        Assert.That(answer.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(answer.Result.ToString()), note), Is.True, answer.Result.ToString());
    }

    [Test]
    public void Of_prompts_too() => Assert.That(
        Orchestra.Sdk.Messages.ListPromptsResponse.Parser.ParseFrom(
            Load("SnakeCase", "[Prompt] public string Ask(int howMany) => \"\";").Definition.EncodedPrompts.ToArray()).Prompts.Single().Arguments.Single().Name,
        Is.EqualTo("how_many"));

    [TestCase("[Tool(Description = \"d\")] public void M(int fooBar, int foo_bar) { }", "ORC012: The argument name 'foo_bar' is used twice by tool 'm' (case does not tell names apart)")]
    [TestCase("[Tool(Description = \"d\")] public void M(Twice x) { } public class Twice { public int FooBar { get; set; } public int Foo_Bar { get; set; } }", "ORC009: The parameter 'x' of tool 'm' has the type 'P.Twice', which has no JSON Schema form: 'Twice' has two members named 'foo_bar' in JSON (case does not tell names apart)")]
    [TestCase("[Tool(Description = \"d\")] public void M(Twice x) { } public enum Twice { FooBar, Foo_Bar }", "ORC009: The parameter 'x' of tool 'm' has the type 'P.Twice', which has no JSON Schema form: 'Twice' has two members named 'foo_bar' in JSON: name one by [JsonStringEnumMemberName]")]
    [TestCase("[Tool(Description = \"d\")] public void M(int größeInM) { }", "ORC011: 'größe_in_m' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'")]
    public async Task That_become_the_same_are_reported(string members, string fault)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync(
            $"[Plugin(\"p\", ArgumentNames = NamingPolicy.SnakeCase, EnumNames = NamingPolicy.SnakeCase)] public partial class P {{ {members} }}");
        Assert.That(diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(null)}"), Is.EqualTo([fault]));
    }

    private static CompiledPlugin Load(string policy, string member)
    {
        var policies = policy.Length == 0 ? "" : $", ArgumentNames = NamingPolicy.{policy}, EnumNames = NamingPolicy.{policy}";
        return CompiledPlugin.Load($$"""
            [Plugin("test"{{policies}})] public partial class TestPlugin { {{member}} }
            {{Types}}
            """);
    }
}
