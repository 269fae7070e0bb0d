using System.Runtime.Loader;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Which properties and fields of a type are read and written, by which constructor, and in which order.</summary>
public sealed class MemberSelectionTests
{
    private const string Included = """
        class R
        {
            public int A { get; internal set; } = 1;
            [JsonInclude] public int B { get; internal set; }
            [JsonInclude] public int C { get; private set; } = 3;
            [JsonInclude] internal int D { get; set; }
            internal int E { get; set; }
            internal int F = 6;
            [JsonInclude] internal int G = 7;
            [JsonInclude] private int H { get; set; } = 8;
            [JsonInclude] private int I = 9;
            public int Sum() => H + I;
            public static int J { get; set; }
            public const int K = 10;
            public int this[int l] { get => l; set { } }
        }
        """;

    private const string OneWay = """
        class R
        {
            private int _c;
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int A { get; set; } = 1;
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public int B { get; set; }
            public int C { init => _c = value; }
            public int Sum => A + B + _c;
        }
        """;

    [TestCase("record R(int B) { public int A { get; init; } = 1; }", """{"b":2}""", """{"b":2,"a":1}""")]
    [TestCase("class Base { public virtual int A { get; set; } public int B { get; set; } } class R : Base { public override int A { get; set; } = 3; }", """{"b":2}""", """{"a":3,"b":2}""")]
    [TestCase("class Base { public int A { get; set; } public int B { get; set; } } class R : Base { public int C { get; set; } public new string A { get; set; } = \"\"; }", """{"a":"x","c":3}""", """{"a":"x","b":0,"c":3}""")]
    [TestCase(Included, """{"b":2,"d":4,"g":5}""", """{"a":1,"b":2,"c":3,"d":4,"g":5}""")]
    [TestCase(OneWay, """{"b":2,"c":4}""", """{"a":1,"sum":7}""")]
    [TestCase("record R(int A) { public R(R other) { A = other.A; } }", """{"a":1}""", """{"a":1}""")]
    [TestCase("record R(int A) { [JsonConstructor] private R(string b) : this(b.Length) { } }", """{"a":1}""", """{"a":1}""")]
    [TestCase("class R { public R() { } public R(int a) => A = -a; public int A { get; set; } }", """{"a":1}""", """{"a":1}""")]
    [TestCase("struct R { public R() => B = 5; public R(int a) => A = -a; public int A { get; set; } public int B { get; set; } }", """{"a":1}""", """{"a":1,"b":5}""")]
    [TestCase("struct R { public R(int a) => A = -a; public int A { get; } }", """{"a":1}""", """{"a":-1}""")]
    [TestCase("class R(int b, int a) { public int A { get; } = a; public int B { get; } = b; }", """{"a":1,"b":2}""", """{"a":1,"b":2}""")]
    [TestCase("class R(int seed) { public int Twice { get; } = 2 * seed; }", """{"seed":2}""", """{"twice":4}""")]
    [TestCase("class R([Argument(Name = \"the_seed\")] int seed) { [Argument(Name = \"the_half\")] public int Half => seed / 2; }", """{"the_seed":2}""", """{"the_half":1}""")]
    public async Task Takes_and_gives(string types, string argument, string result)
    {
        var plugin = CompiledPlugin.Load($$"""
            using System.Text.Json.Serialization;
            [Plugin("test", SchemaProfile = SchemaProfile.Full)] partial class TestPlugin { [Tool] internal R Echo(R x) => x; }
            {{types}}
            """);
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result));
    }

    [TestCase(Included, """{"a":1}""", "arguments.x.a: unknown member; the object has \"b\", \"d\", \"g\"")]
    [TestCase(OneWay, """{"a":1}""", "arguments.x.a: unknown member; the object has \"b\", \"c\"")]
    public async Task Refuses(string types, string argument, string fault)
    {
        var plugin = CompiledPlugin.Load($$"""
            using System.Text.Json.Serialization;
            [Plugin("test")] partial class TestPlugin { [Tool] internal void M(R x) { } }
            {{types}}
            """);
        Assert.That((await plugin.CallAsync("m", $$"""{"x":{{argument}}}"""))!.ErrorMessage, Is.EqualTo(fault));
    }

    [Test]
    public void Keeps_the_order_of_the_files_of_a_type_in_parts()
    {
        const string First = """
            [Plugin("test")] public partial class TestPlugin { [Tool] public void M(R x) { } }
            public partial class R { public int A { get; set; } }
            """;
        var plugin = CompiledPlugin.Load(
            GeneratorHarness.Compilation(First, "public partial class R { public int B { get; set; } }"),
            image => new AssemblyLoadContext("Parts", isCollectible: true).LoadFromStream(new MemoryStream(image)));
        var members = JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!["properties"]!.AsObject();
        Assert.That(members.Select(member => member.Key), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Tells_names_in_results_apart_by_case() => Assert.That(
        async () => (await CompiledPlugin.LoadBody("""
            [Tool] public R M() => new(1, 2);

            public record R([property: System.Text.Json.Serialization.JsonPropertyName("A")] int X, int A);
            """).CallAsync("m", "{}"))!.Result.ToString(),
        Is.EqualTo("""{ "A": 1, "a": 2 }"""));

    [Test]
    public async Task A_type_is_good_that_stands_within_one_that_is_not()
    {
        var plugin = CompiledPlugin.LoadBody("""
            [Tool] public void Wrong(Bad x) { }

            [Tool] public Good Echo(Good x) => x;

            public record Bad(Good Good, Action Callback);

            public record Good(int A);
            """);
        Assert.That((await plugin.CallAsync("echo", """{"x":{"a":1}}"""))!.Result.ToString(), Is.EqualTo("""{ "a": 1 }"""));
        Assert.That(plugin.Tools.Tools, Has.Count.EqualTo(1));
    }

    [Test]
    public void Types_of_one_name_are_told_apart()
    {
        var plugin = CompiledPlugin.Load("""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)]
            public partial class TestPlugin { [Tool] public void M(Node x, A.Node y, B.Node z) { } }
            public record Node(Node? Next, int A);
            namespace A { public record Node(Node? Next, int A); }
            namespace B { public record Node(Node? Next, int A); }
            """);
        Assert.That(JsonNode.Parse(plugin.Schema("m"))!["$defs"]!.AsObject().Select(type => type.Key), Is.EqualTo(["Node", "Node_2", "Node_3"]));
    }

    [TestCase("record R([property: System.ComponentModel.Description(\"a\")][System.ComponentModel.Description(\"b\")] int X);", "a")]
    [TestCase("record R([System.ComponentModel.Description(\"b\")] int X);", "b")]
    [TestCase("record R([property: Argument(Description = \"a\")] int X);", "a")]
    [TestCase("record Base([property: Obsolete] int Y)\n{\n/// <summary>a</summary>\npublic int X { get; set; } }\nrecord R() : Base(1);", "a")]
    [TestCase("/// <param name=\"X\">a</param>\nrecord Base(int X);\nrecord R(int X) : Base(X);", "a")]
    [TestCase("/// <param name=\"x\">a</param>\nclass R(int x) { public int X { get; } = x; }", "a")]
    [TestCase("class R {\n/// <param name=\"x\">a</param>\npublic R(int x) => X = x;\npublic int X { get; } }", "a")]
    [TestCase("class R {\n/// <summary>a</summary>\npublic int X; }", "a")]
    public void A_member_is_described_where_it_comes_from(string types, string description)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] partial class TestPlugin { [Tool] internal void M(R x) { } }
            {{types}}
            """);
        var member = JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!["properties"]!["x"]!;
        Assert.That((string?)member["description"], Is.EqualTo(description));
    }

    [Test]
    public void A_type_is_described_by_its_attribute()
    {
        var plugin = CompiledPlugin.LoadBody("""
            [Tool] public void M(Color x) { }

            /// <summary>Not this.</summary>
            [System.ComponentModel.Description("What it looks like.")] public enum Color { Red }
            """);
        Assert.That((string?)JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!["description"], Is.EqualTo("What it looks like."));
    }
}
