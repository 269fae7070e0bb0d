using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What an edit costs: nothing is printed again unless the model of a class changed.</summary>
public sealed class IncrementalGenerationTests
{
    private const string Greeter = """
        /// <summary>A greeting plugin.</summary>
        [Plugin("tools.greet")]
        public partial class Greeter
        {
            /// <summary>Greets.</summary>
            [Tool] public string Greet([Length(1, 80)] string name, Mood[] moods, int times = 1) => "Hello " + name;
        }

        public enum Mood { Good, Bad }
        """;

    private const string Other = """
        [Plugin("tools.other")]
        public partial class Other
        {
            [Tool] public int Add(int a, int b) => a + b;
        }
        """;

    [Test]
    public void An_edit_elsewhere_regenerates_nothing() =>
        Assert.That(
            OutputReasons(Greeter, Other, edit: compilation => compilation.AddSyntaxTrees(Parse("class Unrelated;"))),
            Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));

    [Test]
    public void An_edit_in_a_method_body_regenerates_nothing() =>
        Assert.That(
            OutputReasons(Greeter, Other, edit: compilation => Replace(compilation, Greeter, "\"Hello \" + name", "\"Hi \" + name")),
            Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));

    [Test]
    public void A_line_more_above_the_class_regenerates_nothing() =>
        Assert.That(
            OutputReasons(Greeter, Other, edit: compilation => Replace(compilation, Greeter, "[Plugin(", "\n\n[Plugin(")),
            Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));

    [TestCase("[Length(1, 80)]", "[Length(1, 81)]")]
    [TestCase("int times", "long times")]
    [TestCase("times = 1", "times = 2")]
    [TestCase("Greets.", "Greets you.")]
    [TestCase("Good, Bad", "Good, Bad, Mixed")]
    [TestCase("tools.greet", "tools.greeting")]
    public void An_edit_of_the_model_regenerates_that_class_and_no_other(string old, string changed) =>
        Assert.That(
            OutputReasons(Greeter, Other, edit: compilation => Replace(compilation, Greeter, old, changed)),
            Is.EquivalentTo(new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged }));

    [TestCase("yield return $\"note {i}\"", "yield return $\"Note {i}\"")]
    [TestCase("$\"Summarize {about}", "$\"Sum up {about}")]
    [TestCase("ToolContext context) => []", "ToolContext context) => new()")]
    [TestCase("public void Dispose() { }", "public void Dispose() { } private int _used; public int Used => _used++;")]
    public void An_edit_of_no_model_of_a_rich_plugin_regenerates_nothing(string old, string changed) =>
        Assert.That(
            OutputReasons(RichPlugin.Source, Other, edit: compilation => Replace(compilation, RichPlugin.Source, old, changed)),
            Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));

    [TestCase("int count, IProgress<int>", "long count, IProgress<int>")]
    [TestCase("IProgress<int>", "IProgress<double>")]
    [TestCase("text/markdown", "text/csv")]
    [TestCase("string about, int words", "string about, long words")]
    [TestCase("Ask for a summary.", "Ask for a short summary.")]
    [TestCase("note.moved", "note.gone")]
    [TestCase("shelf=a", "shelf=b")]
    [TestCase("string Title", "string Heading")]
    [TestCase("HashSet<string> Tags", "List<string> Tags")]
    [TestCase("List<Node> Children", "Node[] Children")]
    [TestCase("IReadOnlyList<T> Items, string? Cursor", "IReadOnlyList<T> Items")]
    [TestCase("Its first line.", "Its heading.")]
    public void An_edit_of_a_model_of_a_rich_plugin_regenerates_that_class_and_no_other(string old, string changed) =>
        Assert.That(
            OutputReasons(RichPlugin.Source, Other, edit: compilation => Replace(compilation, RichPlugin.Source, old, changed)),
            Is.EquivalentTo(new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged }));

    private const string Base = """
        public abstract class Shelf<T> : IShelf
        {
            /// <summary>Finds one.</summary>
            [Tool] public virtual T? Find([Length(1, 80)] string name) => default;
        }
        """;

    private const string Contract = """
        public interface IShelf
        {
            [Prompt] string Ask(int about) => $"About {about}";
        }
        """;

    private const string Derived = """
        [Plugin("tools.shelf")] public partial class Books : Shelf<Book>;
        public record Book(string Title);
        """;

    [TestCase(Base, "[Length(1, 80)]", "[Length(1, 81)]")]
    [TestCase(Base, "Finds one.", "Finds none.")]
    [TestCase(Base, "[Tool]", "[Tool(Name = \"seek\")]")]
    [TestCase(Base, "public virtual", "internal static")]
    [TestCase(Base, "[Tool]", "")]
    [TestCase(Contract, "int about", "long about")]
    [TestCase(Contract, "[Prompt]", "[Prompt(Description = \"Asks.\")]")]
    [TestCase(Derived, "string Title", "string Title, int Pages")]
    [TestCase(Derived, "Shelf<Book>", "Shelf<string>")]
    public void An_edit_of_what_a_plugin_inherits_regenerates_it_and_no_other(string source, string old, string changed) =>
        Assert.That(
            OutputReasons([Derived, Base, Contract, Other], compilation => Replace(compilation, source, old, changed)),
            Is.EquivalentTo(new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged }));

    [TestCase(Base, "=> default", "=> throw new Exception()")]
    [TestCase(Contract, "About", "Of")]
    [TestCase(Base, "public abstract class", "\n\npublic abstract class")]
    public void An_edit_of_a_body_that_a_plugin_inherits_regenerates_nothing(string source, string old, string changed) =>
        Assert.That(
            OutputReasons([Derived, Base, Contract, Other], compilation => Replace(compilation, source, old, changed)),
            Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));

    private static IncrementalStepRunReason[] OutputReasons(string first, string second, Func<CSharpCompilation, CSharpCompilation> edit) =>
        OutputReasons([first, second], edit);

    private static IncrementalStepRunReason[] OutputReasons(string[] sources, Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var compilation = GeneratorHarness.Compilation(sources);
        var driver = GeneratorHarness.Driver(trackSteps: true).RunGenerators(compilation);
        var edited = edit(compilation);
        Assert.That(edited, Is.Not.SameAs(compilation));

        var result = driver.RunGenerators(edited).GetRunResult().Results.Single();
        var reasons = result.TrackedSteps[PluginGenerator.PluginsStep].SelectMany(step => step.Outputs).Select(output => output.Reason).ToArray();
        Assert.That(reasons, Has.Length.EqualTo(2));

        // The files follow the models.
        var printed = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
        Assert.That(printed > 0, Is.EqualTo(reasons.Contains(IncrementalStepRunReason.Modified)));
        return reasons;
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string source, string old, string changed)
    {
        Assert.That(source, Does.Contain(old));
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString() == source);
        return compilation.ReplaceSyntaxTree(tree, Parse(source.Replace(old, changed, StringComparison.Ordinal), tree.FilePath));
    }

    private static SyntaxTree Parse(string source, string path = "Unrelated.cs") =>
        CSharpSyntaxTree.ParseText(source, GeneratorHarness.ParseOptions, path);
}
