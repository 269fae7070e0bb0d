namespace Orchestra.Sdk.Tests.Generators;

/// <summary>One plugin whose tools give back what they take, of every kind of type; compiled once for a class of tests.</summary>
internal sealed class TypeSamples
{
    private readonly Lazy<CompiledPlugin> _compiled = new(() => CompiledPlugin.Load(Source()));

    private readonly Lazy<CompiledPlugin> _compiledFull = new(() => CompiledPlugin.Load(Source("Full")));

    private readonly Lazy<CompiledPlugin> _compiledStrict = new(() => CompiledPlugin.Load(Source("OpenAIStrict")));

    public CompiledPlugin Plugin => _compiled.Value;

    /// <summary>The same with schemas that say all.</summary>
    public CompiledPlugin FullPlugin => _compiledFull.Value;

    /// <summary>The same with schemas for OpenAI's strict mode.</summary>
    public CompiledPlugin StrictPlugin => _compiledStrict.Value;

    /// <summary>The types, each with the tool that gives it back: once as it is, once strict.</summary>
    private static readonly (string Tool, string Type)[] Tools =
    [
        ("note", "Note"), ("place", "Place"), ("settings", "Settings"), ("point", "Point"), ("size", "Size"), ("node", "Node"),
        ("page", "Page<Note>"), ("shape", "Shape"), ("shapes", "List<Shape>"), ("derived", "Derived"), ("order", "Order"),
        ("contact", "Contact"), ("renamed", "Renamed"), ("numbered", "Numbered"), ("lazy", "Lazy"), ("lazy-of", "LazyOf<int>"),
        ("pair", "KeyValuePair<string, int>"), ("optional", "Optional"), ("tree", "Dictionary<string, Tree>"), ("marked", "Marked"),
        ("counts", "Dictionary<string, int>"), ("counts-read", "IReadOnlyDictionary<string, int[]>"),
        ("counts-sorted", "SortedDictionary<string, int>"), ("counts-immutable", "System.Collections.Immutable.ImmutableDictionary<string, int>"),
        ("counts-frozen", "System.Collections.Frozen.FrozenDictionary<string, int>"), ("notes", "IDictionary<string, Note>"),
        ("set", "HashSet<int>"), ("set-interface", "IReadOnlySet<string>"), ("set-sorted", "SortedSet<string>"),
        ("set-frozen", "System.Collections.Frozen.FrozenSet<string>"), ("set-immutable", "System.Collections.Immutable.ImmutableHashSet<Level>"),
        ("array-immutable", "System.Collections.Immutable.ImmutableArray<int>"), ("list-immutable", "System.Collections.Immutable.IImmutableList<int>"),
        ("queue", "Queue<int>"), ("collection", "System.Collections.ObjectModel.Collection<int>"),
        ("read-only", "System.Collections.ObjectModel.ReadOnlyCollection<int>"), ("linked", "LinkedList<int>"),
        ("tuple", "(string Name, int, Point?)"), ("tuples", "List<(int, int)>"), ("rights", "Rights"), ("rights-of", "Dictionary<string, Rights?>"),
        ("int128", "Int128"), ("uint128", "UInt128"), ("big", "System.Numerics.BigInteger"), ("version", "Version"),
        ("bytes", "byte[]"), ("memory", "ReadOnlyMemory<byte>"), ("memory-null", "ReadOnlyMemory<byte>?"),
        ("key", "Key"),
        ("struct", "Google.Protobuf.WellKnownTypes.Struct"), ("value", "Google.Protobuf.WellKnownTypes.Value"),
        ("element", "System.Text.Json.JsonElement"), ("json", "System.Text.Json.Nodes.JsonNode"), ("json-object", "System.Text.Json.Nodes.JsonObject"),
        ("json-array", "System.Text.Json.Nodes.JsonArray"), ("object", "object"), ("objects", "Dictionary<string, object?>"),
    ];

    private static string Source(string profile = "Portable") => $$"""
        [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})]
        public partial class TestPlugin
        {
            {{string.Join("\n    ", Tools.Select((tool, i) =>
                $"[Tool(Name = \"{tool.Tool}\")] public {tool.Type} Echo{i}({tool.Type} x) => x; [Tool(Name = \"strict-{tool.Tool}\", Strict = true)] public {tool.Type} Strict{i}({tool.Type} x) => x;"))}}
        }
        {{Types}}
        """;

    private const string Types = """

        /// <summary>A note.</summary>
        /// <param name="Title">Its first line.</param>
        /// <param name="Tags">What it is about.</param>
        public record Note([Length(1, 80)] string Title, string[] Tags, Level Level = Level.High, [property: Range(1, 5)] int? Stars = null);

        /// <summary>How much it matters.</summary>
        public enum Level { Low, High }

        public class Place
        {
            /// <summary>Where it is.</summary>
            public required Point At { get; set; }

            [System.ComponentModel.Description("What people call it.")] public string? Name { get; init; }

            public string Kind { get; init; } = "city";

            public int Rank { get; set; } = 7;

            public string Label => Name + "!";
        }

        public record Settings { public int Depth { get; init; } = 3; public bool Fast { get; init; } = true; public required string Mode { get; init; } }

        public readonly record struct Point(int X, int Y = 9);

        public struct Size { public int Width; public int Height { get; init; } }

        public record Node(string Name, List<Node> Children, Node? Next = null);

        public record Tree(Dictionary<string, Tree>? Branches);

        public record Page<T>(T[] Items, string? Cursor);

        [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")]
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Square), "square")]
        public abstract record Shape(string Color);

        public record Circle(string Color, [Range(0, 100)] double Radius) : Shape(Color);

        public record Square(string Color, double Side, Shape? Inner = null) : Shape(Color);

        [System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Numbered), 1)]
        [System.Text.Json.Serialization.JsonDerivedType(typeof(NumberedMore), 2)]
        public class Numbered { public int A { get; set; } }

        public class NumberedMore : Numbered { public int B { get; set; } }

        public class Base { public int First { get; set; } public virtual string Second { get; set; } = ""; }

        public class Derived : Base { public override string Second { get; set; } = "d"; public int Third { get; set; } }

        public record Order(Item[] Items, Contact Buyer);

        /// <summary>A key.</summary>
        public record Key([Length(2, 4)] byte[] Secret, [property: MaxLength(1)] ReadOnlyMemory<byte>? Salt = null);

        public record Item(string Name, decimal Price);

        public record Contact(
            [EmailAddress] string Email,
            [Url] string? Site = null,
            [Base64String] string? Photo = null,
            [DeniedValues("root")] string? User = null,
            [DeniedValues(0)] int Age = 1,
            [Required] string? Name = "x",
            [RegularExpression("[a-z]+"), EmailAddress] string? Both = null);

        public class Renamed
        {
            [System.Text.Json.Serialization.JsonPropertyName("the_name")] public string Name { get; set; } = "";
            [System.Text.Json.Serialization.JsonIgnore] public Action? Callback { get; set; }
            [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; set; }
            [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] public int Count { get; set; }
            [System.Text.Json.Serialization.JsonRequired] public string? Must { get; set; }
            public string URLValue { get; set; } = "u";
            [System.ComponentModel.DisplayName("The class")] public string @class { get; set; } = "c";
        }

        public class Lazy { public int A { get; init; } = 5; public string B { get; init; } = "b"; }

        public class LazyOf<T> { public T? Value { get; init; } public string Name { get; init; } = "n"; }

        public class Optional(int a, string b = "bb") { public int A { get; } = a; public string B { get; } = b; public int? C { get; set; } = 4; }

        public class Marked
        {
            public Marked() { Way = "empty"; }
            [System.Text.Json.Serialization.JsonConstructor] public Marked(string way) { Way = "marked " + way; }
            public string Way { get; }
        }

        [Flags] public enum Rights { None = 0, Read = 1, [System.Text.Json.Serialization.JsonStringEnumMemberName("change")] Write = 2, Run = 4, All = 7 }
        """;
}
