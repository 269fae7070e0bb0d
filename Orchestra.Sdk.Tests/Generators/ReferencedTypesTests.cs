using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Types of other assemblies, of which there is no source: they are taken and given like those of the project.</summary>
public sealed class ReferencedTypesTests
{
    private const string Library = """
        namespace Lib;

        /// <summary>A book.</summary>
        /// <param name="Title">On its cover.</param>
        /// <param name="Author">Who wrote it.</param>
        /// <param name="Cover">How it is bound.</param>
        public record Book([Length(1, 9)] string Title, Author Author, Cover Cover = Cover.Soft)
        {
            internal int Secret { get; set; }
        }

        public class Author
        {
            /// <summary>As on the cover.</summary>
            public required string Name { get; init; }

            [Range(0, 150)] public int Age { get; init; } = 30;

            [System.ComponentModel.Description("What else there is to say.")] public string? Note { get; set; }
        }

        public enum Cover { Soft, Hard }

        public record Shelf<T>(List<T> Items, Dictionary<string, T>? ByName = null);
        """;

    private const string Plugin = """
        [Plugin("test")]
        public partial class TestPlugin
        {
            [Tool] public Lib.Book Echo(Lib.Book x) => x;

            [Tool] public Lib.Shelf<Lib.Book> Shelve(Lib.Shelf<Lib.Book> x) => x;
        }
        """;

    [Test]
    public async Task Are_checked_and_made_and_written()
    {
        var image = GeneratorHarness.CompileLibrary(Library, documentation: null);
        var plugin = Load(image);
        var book = """{"title":"t","author":{"name":"a"}}""";
        Assert.That(
            (await plugin.CallAsync("echo", "{\"x\":" + book + "}"))!.Result.ToString(),
            Is.EqualTo("""{ "title": "t", "author": { "name": "a", "age": 30, "note": null }, "cover": "Soft" }"""));
        Assert.That(
            (await plugin.CallAsync("shelve", "{\"x\":{\"items\":[" + book + "]}}"))!.Result.ToString(),
            Is.EqualTo("""{ "items": [ { "title": "t", "author": { "name": "a", "age": 30, "note": null }, "cover": "Soft" } ], "byName": null }"""));
        Assert.That(
            (await plugin.CallAsync("echo", """{"x":{"title":"","author":{"age":151},"secret":1}}"""))!.ErrorMessage,
            Is.EqualTo("""
                arguments.x.title: expected 1 to 9 characters, got 0
                arguments.x.author.name: required, but not given
                arguments.x.author.age: expected an integer from 0 to 150, got 151
                arguments.x.secret: unknown member; the object has "title", "author", "cover"
                """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task May_be_of_a_namespace_that_begins_like_one_of_the_framework()
    {
        const string Source = "[Plugin(\"test\")] public partial class TestPlugin { [Tool] public Systems.Star M(Systems.Star x) => x; }";
        var plugin = Load(GeneratorHarness.CompileLibrary("namespace Systems; public record Star(string Name);", documentation: null), Source);
        Assert.That((await plugin.CallAsync("m", """{"x":{"name":"Vega"}}"""))!.Result.ToString(), Is.EqualTo("""{ "name": "Vega" }"""));
    }

    [Test]
    public void Have_the_schema_that_they_have_in_source_but_for_comments()
    {
        var withoutComments = string.Join('\n', Library.Split('\n').Where(line => !line.Contains("///", StringComparison.Ordinal)));
        var inSource = CompiledPlugin.Load(withoutComments.Replace("namespace Lib;", "namespace Lib {", StringComparison.Ordinal) + "}\n" + Plugin);
        var plugin = Load(GeneratorHarness.CompileLibrary(Library, documentation: null));
        Assert.That(plugin.Schema("echo"), Is.EqualTo(inSource.Schema("echo")));
        Assert.That(plugin.Schema("shelve"), Is.EqualTo(inSource.Schema("shelve")));
    }

    [Test]
    public void Have_the_comments_of_source_where_the_compiler_or_the_generator_is_given_them()
    {
        using var documentation = new MemoryStream();
        var image = GeneratorHarness.CompileLibrary(Library, documentation);
        var comments = XmlDocumentationProvider.CreateFromBytes(documentation.ToArray());
        var inSource = GeneratorHarness.Sources(Library.Replace("namespace Lib;", "namespace Lib {", StringComparison.Ordinal) + "}\n" + Plugin);
        Assert.That(
            Generate(MetadataReference.CreateFromImage(image, documentation: comments)),
            Is.EqualTo(inSource["TestPlugin.Definition.g.cs"]));
        Assert.That(
            Generate(
                MetadataReference.CreateFromImage(image),
                new DocumentationFile("/refs/Lib.xml", System.Text.Encoding.UTF8.GetString(documentation.ToArray()))),
            Is.EqualTo(inSource["TestPlugin.Definition.g.cs"]));
    }

    private static string Generate(MetadataReference library, params DocumentationFile[] files) =>
        GeneratorHarness.Driver(trackSteps: false, files).RunGenerators(GeneratorHarness.Compilation(Plugin).AddReferences(library)).GetRunResult()
            .Results.Single().GeneratedSources.Single(source => source.HintName == "TestPlugin.Definition.g.cs").SourceText.ToString();

    private static CompiledPlugin Load(byte[] library, string source = Plugin)
    {
        var context = new AssemblyLoadContext("Plugin and library");
        context.LoadFromStream(new MemoryStream(library));
        return CompiledPlugin.Load(
            GeneratorHarness.Compilation(source).AddReferences(MetadataReference.CreateFromImage(library)),
            image => context.LoadFromStream(new MemoryStream(image)));
    }
}
