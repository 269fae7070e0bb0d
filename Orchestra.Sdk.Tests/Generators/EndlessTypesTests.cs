using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Emit;
using Orchestra.Sdk.Generators.Model;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Whatever types contain, the generator comes to an end with them, and stops when it is told to.</summary>
public sealed class EndlessTypesTests
{
    [TestCase("class Finger<T> { public T? Value { get; set; } public Finger<List<T>>? Deeper { get; set; } }", "Finger<int>", "Finger<T>")]
    [TestCase("record R<T>(R<(T, T)>? Next);", "R<int>", "R<T>")]
    [TestCase("record R<T>(R<(T, T, T, T, T, T, T)>? Next);", "R<int>", "R<T>")]
    [TestCase("record R<T>(R<T[]>[] Next);", "R<int>", "R<T>")]
    [TestCase("record R<T>(Dictionary<string, R<R<T>>?> Next);", "R<int>", "R<T>")]
    [TestCase("record A<T>(B<T>? Next); record B<T>(A<List<T>>? Next);", "List<B<int>>", "B<T>")]
    [TestCase("class Outer<T> { public class R { public Outer<T[]>.R? Next { get; set; } } }", "Outer<int>.R", "Outer<T>.R")]
    [TestCase("record R<T>(int A, R<T, T>? Next); record R<T, U>(R<List<U>>? Next);", "R<int>", "R<T>")]
    public async Task A_type_with_a_larger_one_in_it_never_ends(string types, string type, string name)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            {{types}}
            [Plugin("p")] partial class P
            {
                [Tool(Description = "d")] internal void Take({{type}} f) { }
                [Tool(Description = "d")] internal {{type}} Give() => null!;
                [StreamingTool(Description = "d")] internal IAsyncEnumerable<{{type}}> Stream(CancellationToken token) => null!;
                [OnEvent("t")] internal void On({{type}} f) { }
                [Tool(Description = "d")] internal void Fine(int x) { }
            }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.All.EqualTo("ORC030"));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Is.EquivalentTo(new[]
        {
            "The parameter 'f' of tool 'take'", "The result of tool 'give'", "The result of tool 'stream'", "The parameter 'f' of event handler 'On'",
        }).Using<string, string>((message, subject) =>
            message.StartsWith(subject, StringComparison.Ordinal)
            && message.Contains($"'{name}' never ends: within it there is always a larger one", StringComparison.Ordinal)));
    }

    [TestCase("record Box<T>(T Value); record Order(Box<List<List<int>>> Lines);", "Box<Order>", """{"value":{"lines":{"value":[[1]]}}}""")]
    [TestCase("record Node<T>(T Value, Node<T>? Next);", "Node<List<int>>", """{"value":[1],"next":{"value":[],"next":null}}""")]
    [TestCase("record Swap<A, B>(A First, Swap<B, A>? Next);", "Swap<int, string>", """{"first":1,"next":{"first":"a","next":{"first":2,"next":null}}}""")]
    [TestCase("record Box<T>(T Value);", "Box<Box<Box<Box<Box<Box<Box<Box<Box<Box<int>>>>>>>>>>", """{"value":{"value":{"value":{"value":{"value":{"value":{"value":{"value":{"value":{"value":1}}}}}}}}}}""")]
    public async Task A_type_that_ends_is_taken_however_it_is_nested(string types, string type, string value)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] partial class TestPlugin { [Tool] internal {{type}} Echo({{type}} x) => x; }
            {{types}}
            """);
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{value}}}""");
        Assert.That(JsonNode.Parse(answer!.Result.ToString())!.ToJsonString(), Is.EqualTo(value));
    }

    [Test]
    public async Task Types_within_too_many_others_are_refused()
    {
        var types = string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"record R{i}(R{i + 1} Next);"));
        var diagnostic = (await GeneratorHarness.AnalyzeAsync($$"""
            {{types}}
            record R2000(int X);
            [Plugin("p")] partial class P { [Tool(Description = "d")] internal void M(R0 x) { } }
            """)).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC009"));
        Assert.That(diagnostic.GetMessage(null), Does.EndWith("'R100' is within 100 other types"));
    }

    [Test]
    public void A_schema_grows_no_faster_than_the_types_that_it_tells_of()
    {
        // Each stands twice in the one before: in full that would be 2 to the power of 60.
        var types = string.Join('\n', Enumerable.Range(0, 60).Select(i => $"record R{i}(R{i + 1}? A, List<R{i + 1}>? B);"));
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)] partial class TestPlugin { [Tool] internal R0 Echo(R0 x) => x; }
            {{types}}
            record R60(int X);
            """);
        Assert.That(plugin.Schema("echo"), Has.Length.LessThan(1_000_000));
        Assert.That(JsonNode.Parse(plugin.Schema("echo"))!["$defs"]!.AsObject(), Has.Count.InRange(1, 20));
    }

    [TestCase("class A : A { }", "A")]
    [TestCase("class A : B { } class B : A { }", "A")]
    [TestCase("class A<T> : A<A<T>> { }", "A<int>")]
    [TestCase("class B<T> { public T? X { get; set; } } class A<T> : B<A<A<T>>> { }", "A<int>")]
    [TestCase("interface I : I { } class A : I { }", "A")]
    [TestCase("class A<T> where T : A<T> { public T? X { get; set; } } class C : A<C> { }", "C")]
    [TestCase("struct A { public A? X { get; set; } }", "A")]
    public void Bases_in_a_circle_are_no_endless_chain(string types, string type)
    {
        var compilation = GeneratorHarness.Compilation($$"""
            {{types}}
            [Plugin("p")] partial class P { [Tool] void M({{type}} x) { } [Tool] {{type}} N() => default; }
            [Plugin("q")] partial class Q : Q { [Tool] void M() { } }
            """);
        var result = GeneratorHarness.Driver().RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.That(result.Exception, Is.Null);
        Assert.That(result.GeneratedSources, Is.Not.Empty);
    }

    [Test]
    public void Parsing_and_printing_stop_when_they_are_told_to()
    {
        var compilation = GeneratorHarness.Compilation(RichPlugin.Source);
        var type = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .First(type => type.FindAttribute(MetadataNames.PluginAttribute) is not null);
        var canceled = new CancellationToken(canceled: true);
        PluginModel? Parse(CancellationToken token) =>
            PluginParser.Parse(type, type.FindAttribute(MetadataNames.PluginAttribute)!, compilation, report: null, token);
        Assert.That(() => Parse(canceled), Throws.InstanceOf<OperationCanceledException>());

        var plugin = Parse(default)!;
        Func<PluginModel, CancellationToken, string?>[] emitters =
        [
            DefinitionEmitter.Emit, ToolsEmitter.Emit, StreamsEmitter.Emit, PromptsEmitter.Emit, EventsEmitter.Emit, TypesEmitter.Emit,
        ];
        foreach (var emit in emitters)
        {
            Assert.That(emit(plugin, default), Is.Not.Null);
            Assert.That(() => emit(plugin, canceled), Throws.InstanceOf<OperationCanceledException>());
        }
    }
}
