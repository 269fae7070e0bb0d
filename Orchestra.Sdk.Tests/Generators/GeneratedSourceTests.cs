namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What the generator prints, file by file.</summary>
public sealed class GeneratedSourceTests
{
    [Test]
    public void Of_the_smallest_plugin() => Match(
        GeneratorHarness.Sources(File.ReadAllText(Path.Combine(Repository.Root, "examples", "Greeter", "Greeter.cs"))));

    [Test]
    public void Of_a_plugin_with_every_kind_of_parameter_and_result() => Match(GeneratorHarness.Sources("""
        namespace Demo;

        /// <summary>Shows all.</summary>
        [Plugin("tools.all", Version = "1.0.0", NeedsTools = ["greet"])]
        internal sealed partial class All : IDisposable
        {
            /// <summary>Takes strings.</summary>
            /// <param name="text">Some "text".</param>
            [Tool(Strict = true)]
            private string Strings([Length(1, 80)] string text, [RegularExpression("[a-z]+")] string? pattern, [AllowedValues("a", "b")] string choice = "a") => text;

            [Tool(Description = "Takes numbers.")]
            public decimal Numbers([Range(1, 10)] int count, long big, [Range(0, 1, MaximumIsExclusive = true)] double share, [AllowedValues(1, 2)] byte? small = 1) => 0;

            [Tool(Description = "Takes lists.", Name = "lists-of")]
            public async Task<Color[]> ListsAsync([MinLength(1)] string?[] texts, List<int?> numbers, IEnumerable<Color> colors, CancellationToken token, params Guid[] ids) => [];

            [Tool(Description = "Takes an enum.")]
            public ValueTask<Color?> Enums(Color color, ToolContext context, Color? other = Color.DarkGreen) => default;

            [Tool(Name = "idle", Description = "Takes nothing.")]
            public void Nothing() { }

            [Tool(Description = "Takes a time.")]
            public ToolResult Nothing([Argument(Name = "at", Description = "When.")] DateTimeOffset time) => ToolResult.Text("");

            public void Dispose() { }
        }

        public enum Color { Red, [System.Text.Json.Serialization.JsonStringEnumMemberName("dark-green")] DarkGreen, Green = DarkGreen }
        """));

    [Test]
    public void Of_types_with_members() => Match(GeneratorHarness.Sources("""
        [Plugin("tools.types", Version = "1.0.0", Description = "Types.")]
        public partial class Types
        {
            [Tool(Description = "Takes and gives types.")]
            public Page<Note> Add(Note note, Dictionary<string, (int, Rights)> others, Shape? shape = null) => new([note], null);
        }

        public record Page<T>(T[] Items, string? Cursor);

        public class Note(string title) { public string Title => title; public required int Rank { get; init; } public string Kind { get; init; } = "k"; public Note? Next { get; set; } }

        [Flags] public enum Rights { None, Read, Write, All = Read | Write }

        [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;

        public record Circle(double Radius) : Shape;
        """));

    [Test]
    public void Of_streams_prompts_and_events() => Match(GeneratorHarness.Sources("""
        [Plugin("tools.members", Version = "1.0.0", Description = "Members.")]
        public partial class Members
        {
            [StreamingTool(Description = "Counts.", ContentType = "text/csv")]
            public async IAsyncEnumerable<string> Count(int to, IProgress<int> progress, CancellationToken token) { yield return ""; }

            [StreamingTool(Description = "Measures.")]
            public IAsyncEnumerable<Point> Measure() => throw new NotSupportedException();

            [Prompt(Description = "Asks.")]
            public string Ask(string about, int? words = null, Tone? tone = null, [AllowedValues("en", "de")] string language = "en") => about;

            [OnEvent("point.moved", "kind=a")]
            public async Task Moved(Point point, EventContext context, CancellationToken token) { }
        }

        public record Point(int X, int Y);

        public enum Tone { Friendly, [System.Text.Json.Serialization.JsonStringEnumMemberName("matter-of-fact")] MatterOfFact }
        """));

    [Test]
    public void Is_the_same_from_build_to_build()
    {
        const string Source = "[Plugin(\"p\")] public partial class P { [Tool] public DayOfWeek M(DayOfWeek x, ConsoleColor y) => x; }";
        var first = GeneratorHarness.Sources(Source);
        Assert.That(GeneratorHarness.Sources(Source), Is.EqualTo(first));
    }

    [Test]
    public void Is_nothing_for_a_class_that_cannot_be_a_plugin() =>
        Assert.That(GeneratorHarness.Sources("[Plugin(\"p\")] public class P { [Tool] public void M() { } }"), Is.Empty);

    [Test]
    public void Leaves_out_only_the_tool_that_is_wrong()
    {
        var sources = GeneratorHarness.Sources("[Plugin(\"p\")] public partial class P { [Tool] public void Good() { } [Tool] public void Bad(Action x) { } }");
        Assert.That(sources["P.Tools.g.cs"], Does.Contain("\"good\"").And.Not.Contain("\"bad\""));
    }

    private static void Match(
        IReadOnlyDictionary<string, string> sources, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Assert.Multiple(() =>
        {
            foreach (var (hintName, source) in sources)
            {
                Snapshot.Match(source, hintName, method: method);
            }
        });
    }
}
