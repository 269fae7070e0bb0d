using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Dictionaries by key type, collections of the user's own, and collections that a type makes itself.</summary>
public sealed class CollectionTests
{
    private const string Types = """
        public enum Color { Red, [System.Text.Json.Serialization.JsonStringEnumMemberName("dark-blue")] Blue }
        [Flags] public enum Rights { Read = 1, Write = 2 }
        public readonly record struct Id(int Number) : IParsable<Id>
        {
            public static Id Parse(string s, IFormatProvider? provider) => new(int.Parse(s.AsSpan(1), provider));
            public static bool TryParse(string? s, IFormatProvider? provider, out Id result) => throw new NotSupportedException();
            public override string ToString() => $"#{Number}";
        }
        public class Tags : List<string> { public string Owner { get; set; } = "nobody"; }
        public class Unique : HashSet<int>;
        public class Settings : Dictionary<string, int>;
        public class ByColor() : SortedDictionary<Color, string>(Comparer<Color>.Create((a, b) => b.CompareTo(a)));
        public class Wrapped(IEnumerable<int> items) : System.Collections.ObjectModel.ReadOnlyCollection<int>([.. items]);
        public class Own : IEnumerable<string>
        {
            private readonly List<string> _items = [];
            public void Add(string item) => _items.Add(item + "!");
            public IEnumerator<string> GetEnumerator() => _items.GetEnumerator();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public class Explicit : ICollection<int>
        {
            private readonly List<int> _items = [];
            void ICollection<int>.Add(int item) => _items.Add(item);
            void ICollection<int>.Clear() => _items.Clear();
            bool ICollection<int>.Contains(int item) => _items.Contains(item);
            void ICollection<int>.CopyTo(int[] array, int index) => _items.CopyTo(array, index);
            bool ICollection<int>.Remove(int item) => _items.Remove(item);
            int ICollection<int>.Count => _items.Count;
            bool ICollection<int>.IsReadOnly => false;
            public IEnumerator<int> GetEnumerator() => _items.GetEnumerator();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public record Node(string Name) { public List<Node> Children { get; } = []; }
        public class Filled
        {
            private readonly Dictionary<string, int> _counts = new() { ["old"] = 1 };
            private ISet<int>? _numbers;
            private readonly List<string> _log = ["kept"];
            public List<string> Tags { get; } = ["default"];
            public IDictionary<string, int> Counts => _counts;
            public ISet<int> Numbers { get { return _numbers ??= new SortedSet<int>(); } }
            public Queue<int> Queue { get; } = new([9]);
            public Stack<int> Stack { get; } = new([9]);
            public Tags Own { get; } = [];
            public IReadOnlyList<string> Log => _log;
            public List<string> Computed => [.. Tags, .. _log];
            public List<Action> Callbacks { get; } = [];
            public int[] Array { get; } = [1];
        }
        namespace Shop.Parts
        {
            public class Own : IEnumerable<string>
            {
                private readonly List<string> _items = [];
                public void Add(string item) => _items.Add(item);
                public IEnumerator<string> GetEnumerator() => _items.GetEnumerator();
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
        }
        public class Base { public virtual List<int> Items { get; } = [1]; }
        public class Derived : Base { public override List<int> Items { get; } = [2]; public required string Name { get; init; } }
        """;

    private static readonly TestCaseData[] Values =
    [
        new("Dictionary<int, string>", """{"1":"a","-2":"b"}"""),
        new("Dictionary<string, string>", """{"a":"b"}"""),
        new("IReadOnlyDictionary<ulong, int>", """{"18446744073709551615":1,"9007199254740991":2}"""),
        new("SortedDictionary<byte, int[]>", """{"0":[],"255":[1]}"""),
        new("IDictionary<Guid, int?>", """{"123e4567-e89b-12d3-a456-426614174000":null}"""),
        new("Dictionary<Color, int>", """{"Red":1,"dark-blue":2}"""),
        new("Dictionary<Id, Dictionary<Color, Id>>", """{"#1":{"Red":"#2"}}"""),
        new("Dictionary<DateOnly, int>", """{"2026-01-31":1}"""),
        new("Dictionary<char, int>", """{"a":1}"""),
        new("Dictionary<Int128, int>", """{"170141183460469231731687303715884105727":1}"""),
        new("System.Collections.Immutable.ImmutableDictionary<long, int>", """{"-9223372036854775808":1}"""),
        new("System.Collections.Frozen.FrozenDictionary<short, int>", """{"7":1}"""),
        new("System.Collections.Concurrent.ConcurrentDictionary<Color, int>", """{"Red":1}"""),
        new("SortedList<int, int>", """{"1":2}"""),
        new("OrderedDictionary<string, int>", """{"b":1,"a":2}"""),
        new("System.Collections.ObjectModel.ReadOnlyDictionary<int, int>", """{"1":2}"""),
        new("Tags", """["a","b"]"""),
        new("Unique", "[1,2]"),
        new("Settings", """{"a":1}"""),
        new("ByColor", """{"dark-blue":"b","Red":"a"}"""),
        new("Wrapped", "[1,2]"),
        new("Explicit", "[1,2]"),
        new("Shop.Parts.Own", """["a","b"]"""),
        new("List<Tags>", """[["a"],[]]"""),
        new("Stack<int>", "[1,2,3]"),
        new("System.Collections.Concurrent.ConcurrentStack<int>", "[1,2,3]"),
        new("System.Collections.Immutable.ImmutableStack<int>", "[1,2,3]"),
        new("Queue<int>", "[1,2,3]"),
        new("System.Collections.Concurrent.ConcurrentQueue<int>", "[1,2,3]"),
        new("System.Collections.Immutable.ImmutableQueue<int>", "[1,2,3]"),
        new("System.Dynamic.ExpandoObject", """{"a":1,"b":null}"""),
        new("System.Text.Json.JsonDocument", """{"a":[1,null]}"""),
        new("System.Text.Json.JsonDocument?", """[1]"""),
        new("Node", """{"name":"a","children":[{"name":"b","children":[]}]}"""),
        new("Derived", """{"items":[3,4],"name":"n"}"""),
    ];

    [TestCaseSource(nameof(Values))]
    public async Task Come_out_as_they_went_in(string type, string value)
    {
        var plugin = Load($"[Tool] public {type} Echo({type} x) => x;");
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{value}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        var result = JsonNode.Parse(answer.Result.ToString())!;
        Assert.That((value[0] == '[' ? result["data"]! : result).ToJsonString(), Is.EqualTo(value));
    }

    [TestCase("Own", """["a"]""", """{"data":["a!"]}""")]
    [TestCase("Filled", "{}", """{"tags":["default"],"counts":{"old":1},"numbers":[],"queue":[9],"stack":[9],"own":[],"log":["kept"],"computed":["default","kept"],"array":[1]}""")]
    [TestCase("Filled", """{"tags":["a"],"counts":{"b":2},"numbers":[3,1],"queue":[1,2],"stack":[1,2],"own":["c"]}""", """{"tags":["a"],"counts":{"b":2},"numbers":[1,3],"queue":[1,2],"stack":[1,2],"own":["c"],"log":["kept"],"computed":["a","kept"],"array":[1]}""")]
    [TestCase("Derived", """{"name":"n"}""", """{"items":[2],"name":"n"}""")]
    public async Task Become_what_their_type_makes_of_them(string type, string value, string result)
    {
        // A callback can be taken by nobody, but is in the way of giving.
        var plugin = Load($"[Tool] public {type} Echo({type} x) => x;", withoutCallbacks: true);
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{value}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result));
    }

    [TestCase("Dictionary<int, int>", """{"a":1,"2":3}""", "arguments.x.a: expected an integer")]
    [TestCase("Dictionary<byte, int>", """{"256":1}""", "arguments.x.256: expected an integer from 0 to 255")]
    [TestCase("Dictionary<Guid, int>", """{"a b":1}""", "arguments.x[\"a b\"]: expected")]
    [TestCase("Dictionary<Color, int>", """{"Blue":1}""", "arguments.x.Blue: expected one of \"Red\", \"dark-blue\", got \"Blue\"")]
    [TestCase("Dictionary<Color, int>", """{"Red":1,"red":2}""", "given before by another text; each key may be given only once")]
    [TestCase("Dictionary<Id, int>", """{"#x":1}""", "arguments.x.#x: expected a text in the form that its type takes")]
    [TestCase("Dictionary<int, Dictionary<int, int>>", """{"1":{"a":1}}""", "arguments.x.1.a: expected an integer")]
    [TestCase("Dictionary<int, int>", """{"1":"x"}""", "arguments.x.1: expected an integer")]
    [TestCase("Filled", """{"computed":["a"]}""", "arguments.x.computed: unknown member")]
    [TestCase("Filled", """{"callbacks":[]}""", "arguments.x.callbacks: unknown member")]
    [TestCase("Filled", """{"array":[1]}""", "arguments.x.array: unknown member")]
    [TestCase("Filled", """{"tags":[1]}""", "arguments.x.tags[0]: expected a string")]
    public async Task Refuses_what_does_not_fit(string type, string value, string fault)
    {
        var plugin = Load($"[Tool(Strict = true)] public void M({type} x) {{ }}");
        Assert.That((await plugin.CallAsync("m", $$"""{"x":{{value}}}"""))!.ErrorMessage, Does.Contain(fault.Replace(".#x", "[\"#x\"]", StringComparison.Ordinal)));
    }

    [TestCase("Dictionary<double, int>", "a 'double' cannot be the key of a dictionary, which is a name in JSON")]
    [TestCase("Dictionary<Rights, int>", "a 'Rights' cannot be the key of a dictionary, which is a name in JSON")]
    [TestCase("Dictionary<int[], int>", "a 'int[]' cannot be the key of a dictionary, which is a name in JSON")]
    [TestCase("Closed", "'Closed' is a collection without a public constructor that takes its items, and without one that takes nothing beside a method to add them")]
    [TestCase("Open", "'Open' is a collection without a public constructor that takes its items, and without one that takes nothing beside a method to add them")]
    public async Task Says_why_a_collection_cannot_be_taken(string type, string reason)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            [Plugin("p", SchemaProfile = SchemaProfile.Full)] public partial class P
            {
                [Tool(Description = "d")] public void M({{type}} x) { }
                [Tool(Description = "d")] public Closed Give(int x) => null!;
            }
            public class Closed : List<int> { internal Closed() { } }
            public abstract class Open : List<int>;
            {{Types}}
            """);
        Assert.That(diagnostics.Single().GetMessage(null), Is.EqualTo($"The parameter 'x' of tool 'm' has the type '{type.Replace("Dictionary", "System.Collections.Generic.Dictionary", StringComparison.Ordinal)}', which has no JSON Schema form: {reason}"));
    }

    [Test]
    public async Task A_collection_that_is_not_there_to_be_filled_is_a_fault()
    {
        var plugin = Load("[Tool] public void M(Lazy x) { } public class Lazy { public List<int>? A { get; } public IList<int> B { get; } = [.. new[] { 1 }]; public ICollection<int> C { get; } = Array.AsReadOnly([1]); }");
        Assert.That((await plugin.CallAsync("m", """{"x":{"b":[1]}}"""))!.Success, Is.True);
        Assert.That((await plugin.CallAsync("m", """{"x":{"a":[1]}}"""))!.ErrorMessage, Is.EqualTo("arguments.x: A collection that cannot be changed was given items."));
        Assert.That((await plugin.CallAsync("m", """{"x":{"c":[1]}}"""))!.ErrorMessage, Is.EqualTo("arguments.x: A collection that cannot be changed was given items."));
    }

    private static CompiledPlugin Load(string members, bool withoutCallbacks = false) => CompiledPlugin.Load($$"""
        [Plugin("test", SchemaProfile = SchemaProfile.Full)] public partial class TestPlugin { {{members}} }
        {{(withoutCallbacks ? Types.Replace("public List<Action> Callbacks", "internal List<Action> Callbacks", StringComparison.Ordinal) : Types)}}
        """);
}
