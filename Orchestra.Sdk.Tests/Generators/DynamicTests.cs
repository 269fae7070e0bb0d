using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A dynamic is an object, and what is generated for it is bound by the compiler: a native binary has no other binder.</summary>
public sealed class DynamicTests
{
    private const string Source = """
        [Plugin("test")] public partial class TestPlugin
        {
            [Tool] public string Dyn(dynamic? x) => x is null ? "null" : "some";
            [Tool] public dynamic? Echo(dynamic? x) => x;
            [Tool] public async Task<dynamic> Later(dynamic x) { await Task.Yield(); return x; }
            [Tool] public List<dynamic?> Items(List<dynamic?> x) => x;
            [Tool] public Dictionary<string, dynamic?> Members(IReadOnlyDictionary<string, dynamic?> x) => new(x);
            [Tool] public (dynamic A, dynamic? B) Pair((dynamic A, dynamic? B) x) => x;
            [Tool] public R Record(R x) => x;
            [Tool] public Box<dynamic> Generic(Box<dynamic> x) => x;
            [Tool] public Box<object> Same(Box<object> x) => x;
            [StreamingTool] public IAsyncEnumerable<dynamic> Stream(dynamic x, IProgress<dynamic> progress) => throw null!;
            [OnEvent("topic")] public void On(dynamic payload) { }
        }
        public record R(dynamic A, dynamic[] B)
        {
            [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
            public dynamic? C { get; set; }
            [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
            public dynamic? D { get; init; } = 4;
        }
        public record Box<T>(T Value);
        """;

    [TestCase("echo", """{"a":[1]}""", """{"a":[1]}""")]
    [TestCase("later", "[1]", """{"data":[1]}""")]
    [TestCase("items", "[1,null,{}]", """{"data":[1,null,{}]}""")]
    [TestCase("members", """{"a":1,"b":null}""", """{"a":1,"b":null}""")]
    [TestCase("pair", """[1,{"a":true}]""", """{"data":[1,{"a":true}]}""")]
    [TestCase("record", """{"a":1,"b":["x"],"c":[]}""", """{"a":1,"b":["x"],"c":[],"d":4}""")]
    [TestCase("record", """{"a":1,"b":[]}""", """{"a":1,"b":[],"d":4}""")]
    [TestCase("generic", """{"value":{"a":1}}""", """{"value":{"a":1}}""")]
    [TestCase("same", """{"value":[]}""", """{"value":[]}""")]
    [TestCase("dyn", "1", """{"text":"some"}""")]
    public async Task Is_taken_and_given_as_an_object(string tool, string argument, string result)
    {
        var answer = await CompiledPlugin.Load(Source).CallAsync(tool, $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result));
    }

    [Test]
    public void Is_never_bound_at_run_time()
    {
        // The one dynamic operation of the sources themselves would be "x is null", which is none.
        var image = GeneratorHarness.Compile(GeneratorHarness.Compilation(Source));
        using var reader = new PEReader([.. image]);
        var metadata = reader.GetMetadataReader();
        Assert.That(
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)),
            Has.None.EqualTo("Microsoft.CSharp"));
    }
}
