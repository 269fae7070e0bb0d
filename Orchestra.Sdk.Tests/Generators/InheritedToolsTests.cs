using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A plugin has the tools, streams, prompts and event handlers of its base classes and interfaces, and static ones.</summary>
public sealed class InheritedToolsTests
{
    private const string Everything = """
        [Tool] public string M(int x) => $"did {x}";
        [StreamingTool] public async IAsyncEnumerable<string> Stream(int x) { await Task.Yield(); yield return $"did {x}"; }
        [Prompt] public string Ask(int x) => $"did {x}";
        [OnEvent("topic")] public void On(Dictionary<string, int> payload) => Log = $"did {payload["x"]}";
        """;

    private static readonly TestCaseData[] Homes =
    [
        new TestCaseData("", $"{Everything} public string? Log;").SetName("Of_the_plugin_itself"),
        new TestCaseData(": Base", $"}} public class Base {{ {Everything} public string? Log;").SetName("Of_a_base_class"),
        new TestCaseData(": Middle", $"}} public class Middle : Base<int>; public abstract class Base<T> {{ {Everything.Replace("int x", "T x", StringComparison.Ordinal)} public string? Log;").SetName("Of_the_generic_base_of_a_base"),
        new TestCaseData(": Base", $"}} public class Base {{ {Everything.Replace("] public", "] protected internal", StringComparison.Ordinal)} public string? Log;").SetName("Of_a_base_class_that_are_not_public"),
        new TestCaseData(": Base", $"}} public class Base {{ {Everything.Replace("] public", "] protected", StringComparison.Ordinal)} public string? Log;").SetName("Of_a_base_class_that_are_protected"),
        new TestCaseData("", $"{Everything.Replace("] public", "] public static", StringComparison.Ordinal)} public static string? Log;").SetName("Static_ones"),
        new TestCaseData("", $"{Everything.Replace("] public", "] private static", StringComparison.Ordinal)} public static string? Log;").SetName("Static_private_ones"),
        new TestCaseData(": Base<string>", $"}} public class Base<T> {{ {Everything.Replace("] public", "] protected static", StringComparison.Ordinal).Replace("Log =", "Sink.Log =", StringComparison.Ordinal)} }} public static class Sink {{ public static string? Log;").SetName("Static_ones_of_a_base_class"),
        new TestCaseData(": I", $"public string? Log {{ get; set; }} }} public interface I {{ string? Log {{ get; set; }} {Everything}").SetName("Of_the_default_members_of_an_interface"),
        new TestCaseData(": I<int>", $"}} public interface I<T> {{ {Everything.Replace("] public", "] public static", StringComparison.Ordinal).Replace("Log =", "Sink.Log =", StringComparison.Ordinal).Replace("int x", "T x", StringComparison.Ordinal)} }} public static class Sink {{ public static string? Log;").SetName("Static_ones_of_an_interface"),
    ];

    [TestCaseSource(nameof(Homes))]
    public async Task Are_called(string bases, string members)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] public partial class TestPlugin {{bases}}
            {
                {{members}}
            }
            """);
        Assert.That((await plugin.CallAsync("m", """{"x":1}"""))!.Result.Fields["text"].StringValue, Is.EqualTo("did 1"));
        Assert.That((await plugin.StreamAsync("stream", """{"x":2}"""))!.Value.Chunks.Chunks, Is.EqualTo(["text did 2"]));
        Assert.That((await plugin.PromptAsync("ask", ("x", "3")))!.Messages.Single().Content.Text, Is.EqualTo("did 3"));
        Assert.That(await plugin.DeliverAsync(0, """{"x":4}"""), Is.Null);
        Assert.That((await plugin.CallAsync("m", "{}"))!.ErrorMessage, Is.EqualTo("arguments.x: required, but not given"));
    }

    // Which of several methods is called, by which name, with which description.
    [TestCase("class Base { /** <summary>b</summary> */ [Tool] public virtual string M() => \"base\"; }", ": Base", "public override string M() => \"own\";", "m own b")]
    [TestCase("class Base { /** <summary>b</summary> */ [Tool] public virtual string M() => \"base\"; }", ": Base", "/** <summary>o</summary> */ public override string M() => \"own\";", "m own o")]
    [TestCase("class Base { /** <summary>b</summary> */ [Tool] public virtual string M() => \"base\"; }", ": Base", "[Tool(Name = \"n\")] public override string M() => \"own\";", "n own b")]
    [TestCase("class Base { [Tool(Name = \"n\", Description = \"b\")] public virtual string M() => \"base\"; }", ": Base", "public override string M() => \"own\";", "n own b")]
    [TestCase("class Base { /** <summary>b</summary> */ public virtual string M() => \"base\"; }", ": Base", "[Tool] public override string M() => \"own\";", "m own b")]
    [TestCase("abstract class Base { /** <summary>b</summary> */ [Tool] public abstract string M(); }", ": Base", "public override string M() => \"own\";", "m own b")]
    [TestCase("class Base { [Tool] public virtual string M() => \"base\"; } class Middle : Base { /** <summary>m</summary> */ public override string M() => \"middle\"; }", ": Middle", "", "m middle m")]
    [TestCase("class Base { [Tool] public virtual string M() => \"base\"; } class Middle : Base { public new string M() => \"middle\"; }", ": Middle", "", "")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; }", ": Base", "public new string M() => \"own\";", "")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; }", ": Base", "[Tool] public new string M() => \"own\";", "m own ")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; }", ": Base", "public new int M = 1;", "")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; }", ": Base", "public new class M;", "")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; } class Middle : Base { private new string M() => \"middle\"; public string N() => M(); }", ": Middle", "", "m base ")]
    [TestCase("class Base { [Tool] public string M(string x = \"\") => \"base\"; }", ": Base", "public string M(object x) => \"own\";", "m base ")]
    [TestCase("class Base { [Tool] public string M() => \"base\"; }", ": Base", "[Tool(Name = \"n\")] public string M(int x = 1) => \"own\";", "m base \nn own ")]
    [TestCase("class Base<T> { [Tool] public virtual string M(T? x = default) => \"base\"; }", ": Base<int[]>", "public override string M(int[]? x) => \"own\";", "m own ")]
    [TestCase("class Base<T> { [Tool] public string M(T? x = default) => \"base\"; }", ": Base<int[]>", "public new string M(int[]? x) => \"own\";", "")]
    [TestCase("class Base { [Tool] private string M() => \"base\"; public string N() => M(); }", ": Base", "", "")]
    [TestCase("[Plugin(\"base\")] public partial class Base { [Tool] public string M() => \"base\"; }", ": Base", "[Tool] public string N() => \"own\";", "m base \nn own ")]
    [TestCase("interface I { /** <summary>i</summary> */ [Tool] string M(); }", ": I", "public string M() => \"own\";", "m own i")]
    [TestCase("interface I { /** <summary>i</summary> */ [Tool] string M(); }", ": I", "string I.M() => \"own\";", "m own i")]
    [TestCase("interface I { [Tool] string M() => \"default\"; }", ": I", "/** <summary>o</summary> */ public string M() => \"own\";", "m own o")]
    [TestCase("interface I { [Tool] string M() => \"default\"; }", ": I", "[Tool(Name = \"n\")] public string M() => \"own\";", "n own ")]
    [TestCase("interface I { [Tool] string M() => \"default\"; }", ": I", "public string M(int x) => \"own\";", "m default ")]
    [TestCase("interface I { [Tool] string M() => \"default\"; } interface J : I { string I.M() => \"better\"; }", ": J", "", "m better ")]
    [TestCase("interface I { [Tool] string M() => \"default\"; } interface J : I { [Tool(Name = \"n\")] string I.M() => \"better\"; }", ": J", "", "n better ")]
    [TestCase("interface I { [Tool] string M() => \"default\"; } class Base : I { public virtual string M() => \"base\"; }", ": Base", "public override string M() => \"own\";", "m own ")]
    [TestCase("interface I { [Tool] string M() => \"default\"; } class Base : I { [Tool(Name = \"n\")] public virtual string M() => \"base\"; }", ": Base", "public override string M() => \"own\";", "n own ")]
    [TestCase("interface I { [Tool] static abstract string M(); }", ": I", "public static string M() => \"own\";", "m own ")]
    [TestCase("interface I { [Tool] static virtual string M() => \"default\"; }", ": I", "", "")]
    [TestCase("interface I { [Tool] private string M() => \"default\"; string N() => M(); }", ": I", "", "")]
    [TestCase("interface I<T> { [Tool] string M() => typeof(T).Name; }", ": I<int>", "", "m Int32 ")]
    public async Task Are_those_that_the_plugin_has(string types, string bases, string members, string expected)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] partial class TestPlugin {{bases}} { {{members}} }
            {{types}}
            """);
        var lines = new List<string>();
        foreach (var tool in plugin.Tools.Tools)
        {
            lines.Add($"{tool.Name} {(await plugin.CallAsync(tool.Name, "{}"))!.Result.Fields["text"].StringValue} {tool.Description}");
        }

        Assert.That(string.Join('\n', lines), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_override_has_the_annotations_and_texts_of_what_it_overrides_where_it_has_none()
    {
        var plugin = CompiledPlugin.Load("""
            [Plugin("test")] public partial class TestPlugin : Base
            {
                /// <param name="mine">Its own.</param>
                public override int M(int mine, int second = 5) => mine + second;
            }
            public abstract class Base
            {
                /// <param name="first">The first.</param>
                /// <param name="second">The second.</param>
                [Tool] public abstract int M([Range(1, 5), Argument(Name = "the_first")] int first, [Range(1, 9)] int second = 1);
            }
            """);
        var properties = JsonNode.Parse(plugin.Schema("m"))!["properties"]!;
        Assert.That((string?)properties["the_first"]!["description"], Is.EqualTo("Its own."));
        Assert.That((string?)properties["second"]!["description"], Does.StartWith("The second."));
        Assert.That((await plugin.CallAsync("m", """{"the_first":1}"""))!.Result.ToString(), Is.EqualTo("""{ "data": 6 }"""));
        Assert.That((await plugin.CallAsync("m", """{"the_first":6}"""))!.ErrorMessage, Is.EqualTo("arguments.the_first: expected an integer from 1 to 5, got 6"));
    }

    private const string Library = """
        namespace Lib;

        /// <summary>Tools to keep things of one kind.</summary>
        public abstract class CrudTools<T>
            where T : class
        {
            private readonly Dictionary<string, T> _items = [];

            /// <summary>Find one by its id.</summary>
            /// <param name="id">The id that it was stored by.</param>
            [Tool] public T? Find([Length(1, 9)] string id) => _items.GetValueOrDefault(id);

            /// <summary>Store one.</summary>
            /// <param name="id">Where.</param>
            /// <param name="item">All of it.</param>
            [Tool] public virtual Task StoreAsync(string id, T item, CancellationToken cancellationToken)
            {
                _items[id] = item;
                return Task.CompletedTask;
            }

            /// <summary>List all.</summary>
            [StreamingTool] public async IAsyncEnumerable<T> ListAsync()
            {
                await Task.Yield();
                foreach (var item in _items.Values) { yield return item; }
            }

            /// <summary>Ask about one.</summary>
            /// <param name="id">Its id.</param>
            [Prompt] public string Ask(string id) => $"What is {Find(id)}?";

            [Tool] internal void Secret() { }
        }
        """;

    private const string Plugin = """
        [Plugin("test")]
        public partial class TestPlugin : Lib.CrudTools<Contact>
        {
            /// <summary>Store a contact.</summary>
            public override Task StoreAsync(string id, Contact item, CancellationToken cancellationToken) => base.StoreAsync(id, item, cancellationToken);
        }

        public record Contact(string Name, int? Age = null);
        """;

    [Test]
    public async Task A_library_of_tools_is_a_generic_base_class_in_another_assembly()
    {
        var image = GeneratorHarness.CompileLibrary(Library, documentation: null);
        var context = new AssemblyLoadContext("Plugin and library of tools");
        context.LoadFromStream(new MemoryStream(image));
        var plugin = CompiledPlugin.Load(
            GeneratorHarness.Compilation(Plugin).AddReferences(MetadataReference.CreateFromImage(image)),
            plugin => context.LoadFromStream(new MemoryStream(plugin)));
        Assert.That(plugin.Tools.Tools.Select(tool => tool.Name), Is.EqualTo(["find", "store", "list"]));
        Assert.That((await plugin.CallAsync("store", """{"id":"a","item":{"name":"Ada"}}"""))!.Success, Is.True);
        Assert.That((await plugin.CallAsync("find", """{"id":"a"}"""))!.Result.ToString(), Is.EqualTo("""{ "name": "Ada", "age": null }"""));
        Assert.That((await plugin.CallAsync("find", """{"id":""}"""))!.ErrorMessage, Is.EqualTo("arguments.id: expected 1 to 9 characters, got 0"));
        Assert.That((await plugin.StreamAsync("list", "{}"))!.Value.Chunks.Chunks, Has.Count.EqualTo(1));
    }

    [Test]
    public void Its_texts_come_from_its_documentation_file()
    {
        using var documentation = new MemoryStream();
        var image = GeneratorHarness.CompileLibrary(Library, documentation);
        var file = new DocumentationFile("/refs/Lib.xml", System.Text.Encoding.UTF8.GetString(documentation.ToArray()));
        var inSource = GeneratorHarness.Sources(Library.Replace("namespace Lib;", "namespace Lib {", StringComparison.Ordinal).Replace("[Tool] internal", "internal", StringComparison.Ordinal) + "}\n" + Plugin);
        var generated = GeneratorHarness.Driver(trackSteps: false, file)
            .RunGenerators(GeneratorHarness.Compilation(Plugin).AddReferences(MetadataReference.CreateFromImage(image))).GetRunResult()
            .Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        Assert.That(generated, Is.EqualTo(inSource));
        Assert.That(inSource["TestPlugin.Definition.g.cs"], Does.Contain("Find one by its id.").And.Contain("Store a contact.").And.Contain("All of it.").And.Contain("Ask about one."));
    }

    [TestCase("public abstract class C { [Tool(Description = \"d\")] public void M() { } }")]
    [TestCase("public interface C { [Tool(Description = \"d\")] void M() { } }")]
    [TestCase("internal class C { [Tool(Description = \"d\")] public void M() { } } [Plugin(\"p\")] internal partial class P : C;")]
    [TestCase("internal class C<T> { [Prompt] public string M(T x) => \"\"; } internal class D : C<int>; [Plugin(\"p\")] internal partial class P : D;")]
    [TestCase("internal interface C { [OnEvent(\"t\")] void M() { } } internal class O { [Plugin(\"p\")] private partial class P : C; }")]
    public async Task A_library_of_tools_is_not_reported(string source) => Assert.That(
        (await GeneratorHarness.AnalyzeAsync(source)).Select(diagnostic => diagnostic.Id), Has.None.EqualTo("ORC004").And.None.EqualTo("ORC007"));

    [TestCase("internal abstract class C { [Tool(Description = \"d\")] public void M() { } }")]
    [TestCase("public class O { private interface C { [Tool(Description = \"d\")] void M() { } } }")]
    [TestCase("public static class C { [Tool(Description = \"d\")] public static void M() { } }")]
    [TestCase("public struct C { [Tool(Description = \"d\")] public void M() { } }")]
    [TestCase("public class C { [Tool(Description = \"d\")] public void M() { } } [Plugin(\"p\")] public partial class P { public C? C; }")]
    public async Task Tools_that_no_plugin_inherits_are_reported(string source) =>
        Assert.That((await GeneratorHarness.AnalyzeAsync(source)).Select(diagnostic => diagnostic.Id), Does.Contain("ORC004"));

    [Test]
    public async Task What_is_wrong_with_a_tool_is_reported_where_it_is_and_else_at_the_plugin()
    {
        var image = GeneratorHarness.CompileLibrary("""
            public abstract class Lib
            {
                [Tool(Description = "d")] public void OfLibrary(Action x) { }
                [Tool(Description = "d")] public void WithFault([Range(2, 1)] int x) { }
                [Tool(Description = "d")] protected void M() { }
                [Tool(Description = "d")] internal void Internal() { }
            }
            """, documentation: null);
        var compilation = GeneratorHarness.Compilation("""
            public class Base : Lib
            {
                [Tool(Description = "d")] public void OfBase(Action x) { }
                [Tool(Description = "d")] private void Hidden() { }
                public void M(int x) { }
            }
            [Plugin("p")] public partial class P : Base;
            """).AddReferences(MetadataReference.CreateFromImage(image));
        var diagnostics = await GeneratorHarness.AnalyzeAsync(compilation, options: null);
        Assert.That(diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}"), Is.EquivalentTo(new[]
        {
            "ORC009 P", "ORC014 P", "ORC007 P", "ORC009 x", "ORC007 Hidden",
        }));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Has.One.StartsWith("'Hidden' is not accessible from 'P': "));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Has.One.StartsWith("'M' is protected, and 'Base' has another member of that name: "));
    }

    [Test]
    public async Task What_cannot_be_called_on_the_plugin_is_reported()
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync("""
            public interface I { [Tool(Description = "d")] static virtual string M() => ""; }
            [Plugin("p")] public partial class P : I { [Tool(Description = "d")] public void N() { } }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(["ORC007"]));
        Assert.That(diagnostics[0].GetMessage(null), Does.StartWith("'M' is static and virtual: "));
    }

    [Test]
    public async Task A_library_that_is_another_project_of_the_same_solution_is_not_reported_into()
    {
        var library = GeneratorHarness.Compilation("public abstract class Lib { [Tool] public void M([Range(2, 1)] Action x) { } } public record R([Range(2, 1)] int X);")
            .WithAssemblyName("Lib");
        var compilation = GeneratorHarness.Compilation("[Plugin(\"p\")] public partial class P : Lib { [Tool(Description = \"d\")] public void N(R x) { } }")
            .AddReferences(library.ToMetadataReference());
        var diagnostics = await GeneratorHarness.AnalyzeAsync(compilation, options: null);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EquivalentTo(new[] { "ORC009", "ORC014", "ORC017" }));
        Assert.That(diagnostics.Select(diagnostic => compilation.ContainsSyntaxTree(diagnostic.Location.SourceTree!)), Is.All.True);
    }

    [Test]
    public async Task A_name_that_is_inherited_is_taken()
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync("""
            public abstract class Base { [Tool(Description = "d")] public void M() { } [Prompt] public string N() => ""; }
            [Plugin("p")] public partial class P : Base { [Tool(Description = "d")] public void M(int x) { } [Prompt] public string N(int x) => ""; }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EquivalentTo(new[] { "ORC005", "ORC023" }));
    }
}
