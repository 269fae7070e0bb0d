using Google.Protobuf.WellKnownTypes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Generators;
using Orchestra.Sdk.Generators.Parsing;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// Descriptions of types in other assemblies, which on the command line the compiler does not know: they come from the XML files beside
/// the references, of which no more is read than is needed.
/// </summary>
public sealed class DocumentationFilesTests
{
    private const string Library = """
        namespace Lib;

        public record Book(string Title, Cover Cover, Shelf<int> Place, Ink? Ink = null);

        public enum Cover { Soft, Hard }

        public class Shelf<T> { public required T Number { get; init; } }

        public record Work(string Title);

        [System.ComponentModel.Description("What it is printed with.")]
        public class Ink(int shade) { public int Shade { get; } = shade; [System.ComponentModel.Description("Told by the attribute.")] public int Age { get; set; } }
        """;

    private const string Plugin = """
        [Plugin("test")]
        public partial class TestPlugin
        {
            [Tool] public Lib.Book Echo(Lib.Book x) { return x; }
        }
        """;

    private const string Head = "<?xml version=\"1.0\"?><doc><assembly><name>Lib</name></assembly><members>";

    private const string Book =
        "<member name=\"T:Lib.Book\"><summary>A book.</summary><param name=\"Title\">On its <see cref=\"T:Lib.Cover\"/>.</param></member>";

    private const string Others = """
        <member name="M:Lib.Other"><summary>Not asked for.</summary></member>
        <member name="T:Lib.Cover">
            <summary>
                How it
                is bound.
            </summary>
        </member>
        <member name="P:Lib.Shelf`1.Number"><summary>Which one.</summary></member>
        <member name="M:Lib.Ink.#ctor(System.Int32)"><param name="shade">From 0 to 9.</param></member>
        <member name="T:Lib.Ink"><summary>Not this.</summary></member>
        <member name="P:Lib.Ink.Age"><summary>Not this.</summary></member>
        """;

    private const string Tail = "</members></doc>";

    private static readonly MetadataReference LibraryReference =
        MetadataReference.CreateFromImage(GeneratorHarness.CompileLibrary(Library, documentation: null));

    // What the attribute says is known without any file.
    private static readonly string[] Undocumented = ["x.ink: What it is printed with.", "x.ink.age: Told by the attribute."];

    private static readonly string[] Documented =
    [
        "x: A book.", "x.title: On its Cover.", "x.cover: How it is bound.", "x.place.number: Which one.",
        "x.ink: What it is printed with.", "x.ink.shade: From 0 to 9.", "x.ink.age: Told by the attribute.",
    ];

    [Test]
    public void Describe_types_and_members() => Assert.That(Descriptions(Lib(Head + Book + Others + Tail)), Is.EqualTo(Documented));

    [Test]
    public void Describe_them_without_white_space_between() => Assert.That(
        Descriptions(Lib(Head + Book + Others.Replace("\n", "", StringComparison.Ordinal) + Tail)),
        Is.EqualTo(Documented));

    [Test]
    public void Need_not_know_every_member() =>
        Assert.That(Descriptions(Lib(Head + Book + Tail)), Is.EqualTo(["x: A book.", "x.title: On its Cover.", .. Undocumented]));

    [TestCase("", "x.title: Said in source.")]
    [TestCase("<member name=\"P:Lib.Work.Title\"><summary>Said in the file.</summary></member>", "x.title: Said in the file.")]
    public void Come_before_what_is_said_of_the_constructor_that_sets_an_inherited_member(string member, string description)
    {
        const string Source = """
            [Plugin("test")] public partial class TestPlugin { [Tool] public void M(Novel x) { } }

            /// <param name="Title">Said in source.</param>
            public record Novel(string Title) : Lib.Work(Title);
            """;
        Assert.That(Descriptions([Lib(Head + member + Tail)], Source), Is.EqualTo([description]));
    }

    [TestCase("")]
    [TestCase("no XML")]
    [TestCase("<doc><members><member name=\"T:Lib.Book\"><summary>A book.</member></members></doc>")]
    [TestCase("<!DOCTYPE doc [<!ENTITY a \"b\">]><doc><members><member name=\"T:Lib.Book\"><summary>&a;</summary></member></members></doc>")]
    [TestCase("<doc><members><member>A book.</member><member name=\"\"/></members></doc>")]
    [TestCase("<member name=\"T:Lib.Book\">A book.</member>")]
    public void May_be_malformed(string text) => Assert.That(Descriptions(Lib(text)), Is.EqualTo(Undocumented));

    [Test]
    public void Are_good_up_to_where_they_are_malformed() =>
        Assert.That(Descriptions(Lib(Head + Book + "<member name=\"T:Lib.Cover\">")), Is.EqualTo(["x: A book.", "x.title: On its Cover.", .. Undocumented]));

    [Test]
    public void Are_read_where_they_are_marked_and_of_an_assembly_that_is_used()
    {
        const string Text = Head + Book + Others + Tail;
        DocumentationFile[] files = [new("/refs/Lib.xml", Text, isMarked: false), new("/refs/Other.xml", Text), new("/refs/Lib.txt", Text)];
        Assert.That(Descriptions(files), Is.EqualTo(Undocumented));
        Assert.That(files.Select(file => file.Reads), Has.All.Zero);
    }

    [Test]
    public void Are_not_read_of_a_plugin_that_takes_nothing_of_theirs()
    {
        var file = Lib(Head + Book + Tail);
        Assert.That(Descriptions([file], "[Plugin(\"test\")] public partial class TestPlugin { [Tool] public void M(int x) { } }"), Is.Empty);
        Assert.That(file.Reads, Is.Zero);
    }

    [TestCase("[Plugin(\"../test\")] public partial class TestPlugin { [Tool] public void M(Lib.Book x) { } }")]
    [TestCase("[Plugin(\"test\")] public partial class TestPlugin<T> { [Tool] public void M(Lib.Book x) { } }")]
    public void Are_not_read_of_a_class_that_is_no_plugin(string source)
    {
        var file = Lib(Head + Book + Tail);
        Assert.That(Run(Driver(file), Compilation(source)).GetRunResult().GeneratedTrees, Is.Empty);
        Assert.That(file.Reads, Is.Zero);
    }

    [Test]
    public void Are_not_read_where_the_compiler_knows_the_comments()
    {
        using var documentation = new MemoryStream();
        var image = GeneratorHarness.CompileLibrary(
            "namespace Lib;\n/// <summary>A pen.</summary>\npublic class Pen\n{\n/// <summary>How wide it writes.</summary>\npublic int Width { get; set; }\n}", documentation);
        var library = MetadataReference.CreateFromImage(image, documentation: XmlDocumentationProvider.CreateFromBytes(documentation.ToArray()));
        var file = Lib(Head + Tail);
        var compilation = GeneratorHarness.Compilation("[Plugin(\"test\")] public partial class TestPlugin { [Tool] public void M(Lib.Pen x) { } }");
        Assert.That(Run(Driver(file), compilation.AddReferences(library)).GetRunResult().GeneratedTrees, Is.Not.Empty);
        Assert.That(file.Reads, Is.Zero);
    }

    [Test]
    public void Are_not_read_again_for_an_edit_in_a_method_body()
    {
        var file = Lib(Head + Book + Others + Tail);
        var driver = Run(Driver(file), Compilation());
        driver = Run(driver, Compilation(Plugin.Replace("return x;", "return x with { };", StringComparison.Ordinal)));
        Assert.That(Reasons(driver, PluginGenerator.DocumentedStep), Has.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));
        Assert.That(PrintedAnything(driver), Is.False);
        Assert.That(file.Reads, Is.EqualTo(1));
    }

    [Test]
    public void Are_not_read_again_for_a_type_of_another_assembly()
    {
        var file = Lib(Head + Book + Others + Tail);
        var driver = Run(Driver(file), Compilation());
        driver = Run(driver, Compilation(Plugin.Replace("(Lib.Book x)", "(Lib.Book x, KeyValuePair<string, int> y)", StringComparison.Ordinal)));
        Assert.That(Reasons(driver, DocumentationFiles.CommentsStep), Has.All.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(PrintedAnything(driver), Is.True);
        Assert.That(file.Reads, Is.EqualTo(1));
    }

    [TestCase("Not asked for.", "Still not.", false)]
    [TestCase("is bound.", "is\nbound.", false)]
    [TestCase("is bound.", "is made.", true)]
    public void Regenerate_what_they_say_something_else_of(string old, string changed, bool printed)
    {
        var file = Lib(Head + Book + Others + Tail);
        var driver = Run(Driver(file), Compilation());
        var edited = Lib(Head + Book + Others.Replace(old, changed, StringComparison.Ordinal) + Tail);
        driver = Run((CSharpGeneratorDriver)driver.ReplaceAdditionalText(file, edited), Compilation());
        Assert.That(edited.Reads, Is.EqualTo(1));
        Assert.That(PrintedAnything(driver), Is.EqualTo(printed));
    }

    private static DocumentationFile Lib(string text) => new("/refs/Lib.xml", text);

    private static CSharpCompilation Compilation(string plugin = Plugin) => GeneratorHarness.Compilation(plugin).AddReferences(LibraryReference);

    private static CSharpGeneratorDriver Driver(params DocumentationFile[] files) => GeneratorHarness.Driver(trackSteps: true, files);

    private static CSharpGeneratorDriver Run(CSharpGeneratorDriver driver, CSharpCompilation compilation)
    {
        var result = (CSharpGeneratorDriver)driver.RunGenerators(compilation);
        Assert.That(result.GetRunResult().Results.Single().Exception, Is.Null);
        Assert.That(result.GetRunResult().Diagnostics, Is.Empty);
        return result;
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(CSharpGeneratorDriver driver, string step) =>
        driver.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static bool PrintedAnything(CSharpGeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .Any(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);

    private static IEnumerable<string> Descriptions(params DocumentationFile[] files) => Descriptions(files, Plugin);

    private static IEnumerable<string> Descriptions(DocumentationFile[] files, string plugin)
    {
        var definition = Run(Driver(files), Compilation(plugin)).GetRunResult().GeneratedTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<PropertyDeclarationSyntax>())
            .Single(property => property.Identifier.ValueText == "EncodedTools");
        var texts = definition.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText);
        Struct schema = ListToolsResponse.Parser.ParseFrom(System.Text.Encoding.Latin1.GetBytes(string.Concat(texts))).Tools.Single().InputSchema;
        return SchemaMembers.Of(schema).Where(member => member.Description.Length > 0).Select(member => $"{member.Path}: {member.Description}");
    }
}
