using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Describing;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>From where the descriptions of tools, arguments, results and the members of enums come.</summary>
public sealed class DocumentationTests
{
    [TestCase("defining", "/// <summary>Adds.</summary>\n/// <param name=\"x\">What.</param>\n[Tool]", "")]
    [TestCase("implementing", "[Tool]", "/// <summary>Adds.</summary>\n/// <param name=\"x\">What.</param>")]
    [TestCase("implementing, with the attribute", "", "/// <summary>Adds.</summary>\n/// <param name=\"x\">What.</param>\n[Tool]")]
    [TestCase("each a part", "/// <param name=\"x\">What.</param>", "/// <summary>Adds.</summary>\n[Tool]")]
    [TestCase("both", "/// <summary>Not this.</summary>\n/// <param name=\"x\">Not this.</param>\n[Tool]", "/// <summary>Adds.</summary>\n/// <param name=\"x\">What.</param>")]
    public void Of_a_partial_method(string part, string defining, string implementing) => Assert.That(
        Described($"{defining}\npublic partial int Plus(int x);\n{implementing}\npublic partial int Plus(int x) => x;"),
        Is.EqualTo(["Adds.", "x: What."]),
        part);

    [TestCase("an overridden method", "[Tool] public override int Add(int x) => x;")]
    [TestCase("a method of an interface", "[Tool] public int Sum(int x) => x;")]
    [TestCase("a method that is named", "[Tool] public int Other(int x) => x;", "Base.Add")]
    [TestCase("one of several overloads", "[Tool] public int Other(int x) => x;", "Base.Add(int)")]
    [TestCase("a method of a generic type", "[Tool] public int Other(int x) => x;", "Generic{T, int}.Add(System.Collections.Generic.List{T}, int)")]
    [TestCase("a method of the class", "[Tool] public int Other(int x) => x;", "Helper")]
    [TestCase("a method by its id", "[Tool] public int Other(int x) => x;", "M:Base.Add(System.Int32)")]
    [TestCase("a method of a nested type", "[Tool] public int Other(int x) => x;", "Base.Nested.Add")]
    public void Is_inherited_from(string what, string method, string cref = "")
    {
        var inherit = $"/// <inheritdoc{(cref.Length > 0 ? $" cref=\"{cref}\"" : "")}/>\n";
        Assert.That(Described(inherit + method), Is.EqualTo(["Adds.", "x: What."]), what);
    }

    [TestCase("/// <inheritdoc/>\n/// <param name=\"x\">Mine.</param>", "Adds.", "x: Mine.")]
    [TestCase("/// <inheritdoc/>\n/// <summary>Mine.</summary>", "Mine.", "x: What.")]
    [TestCase("/// <summary>Mine.</summary>\n/// <param name=\"x\"><inheritdoc/></param>", "Mine.", "x: What.")]
    public void Is_inherited_in_part(string comment, string summary, string parameter) =>
        Assert.That(Described(comment + "\n[Tool] public override int Add(int x) => x;"), Is.EqualTo([summary, parameter]));

    [TestCase("/// <summary><inheritdoc cref=\"Base.Add(int)\"/></summary>", "Adds.", "x: ")]
    [TestCase("/// <inheritdoc cref=\"Add\"/>", "Adds.", "x: What.")]
    [TestCase("/// <inheritdoc cref=\"Base.Add()\"/>", "Adds nothing.", "x: ")]
    [TestCase("/// <inheritdoc cref=\"Other\"/>", "", "x: ")]
    [TestCase("/// <inheritdoc cref=\"Nothing.At.All\"/>", "", "x: ")]
    [TestCase("/// <inheritdoc cref=\"(\"/>", "", "x: ")]
    [TestCase("/// <inheritdoc cref=\"T:\"/>", "", "x: ")]
    [TestCase("/// <inheritdoc/>", "", "x: ")]
    public void Is_inherited_from_what_is_there(string comment, string summary, string parameter) =>
        Assert.That(Described(comment + "\n[Tool] public int Other(int x) => x;"), Is.EqualTo([summary, parameter]));

    [Test]
    public void Of_types_and_members_is_inherited()
    {
        var plugin = CompiledPlugin.Load("""
            [Plugin("test")] public partial class TestPlugin { [Tool(Description = "d")] public void M(Book x, Work y) { } }

            /// <summary>Something written.</summary>
            public class Work { /** <summary>How it is called.</summary> */ public virtual string? Title { get; set; } }

            /// <summary>Something sold.</summary>
            public interface IPriced { /** <summary>In euros.</summary> */ decimal? Price { get; set; } }

            /// <inheritdoc/>
            public class Book : Work, IPriced
            {
                /// <inheritdoc/>
                public override string? Title { get; set; }

                /// <inheritdoc/>
                public decimal? Price { get; set; }

                /// <inheritdoc cref="Title"/>
                public string? Subtitle { get; set; }
            }
            """);
        Assert.That(Members(plugin), Is.EqualTo(
        [
            "x: Something written.", "x.title: How it is called.", "x.price: In euros.", "x.subtitle: How it is called.",
            "y: Something written.", "y.title: How it is called.",
        ]));
    }

    [Test]
    public void Is_inherited_across_assemblies_where_the_files_are_there()
    {
        const string Library = """
            namespace Lib;
            public abstract class Tools { public abstract int Add(int x); }
            public class Work { public virtual string? Title { get; set; } }
            public class Book : Work { public override string? Title { get; set; } public string? Other { get; set; } }
            """;
        const string File = """
            <doc><members>
                <member name="M:Lib.Tools.Add(System.Int32)"><summary>Adds.</summary><param name="x">What.</param><returns>The sum.</returns></member>
                <member name="T:Lib.Work"><summary>Something written.</summary></member>
                <member name="P:Lib.Work.Title"><summary>How it is called.</summary></member>
                <member name="P:Lib.Book.Title"><inheritdoc/></member>
            </members></doc>
            """;
        var compilation = GeneratorHarness.Compilation("""
            [Plugin("test")]
            public partial class TestPlugin : Lib.Tools
            {
                /// <inheritdoc/>
                [Tool] public override int Add(int x) => x;

                [Tool(Description = "d")] public void M(Lib.Book x) { }
            }
            """).AddReferences(MetadataReference.CreateFromImage(GeneratorHarness.CompileLibrary(Library, documentation: null)));
        var result = GeneratorHarness.Driver(trackSteps: false, new DocumentationFile("/refs/Lib.xml", File)).RunGenerators(compilation).GetRunResult();
        var tools = GeneratedConstants.Tools(result, "EncodedTools");
        Assert.That(tools.Select(tool => tool.Description), Is.EqualTo(["Adds.", "d"]));
        Assert.That(
            tools.SelectMany(tool => SchemaMembers.Of(tool.InputSchema)).Select(member => $"{member.Path}: {member.Description}"),
            Is.EqualTo(["x: What.", "x: ", "x.title: How it is called.", "x.other: "]),
            "what the file does not say that it inherits is not inherited");
        Assert.That(Text(GeneratedConstants.Tools(result, "EncodedResults")[0].InputSchema, "data"), Is.EqualTo("The sum."));
    }

    [Test]
    public void Has_remarks_lists_and_code()
    {
        var described = Described("""
            /// <summary>
            /// Adds two numbers,
            /// either way:
            /// <list type="bullet">
            ///   <item><see cref="Math.Abs(int)">absolutely</see></item>
            ///   <item>as <paramref name="x"/> is, not <see langword="null"/></item>
            /// </list>
            /// </summary>
            /// <remarks>
            /// Such as
            /// <code>
            /// if (x)
            ///   y;
            /// </code>
            /// </remarks>
            /// <param name="x">One.<para>Or two, see <see href="https://example.org"/>.</para></param>
            [Tool] public int Plus(int x) => x;
            """);
        Assert.That(described, Is.EqualTo(
        [
            "Adds two numbers, either way:\n- absolutely\n- as x is, not null\n\nSuch as\nif (x)\n  y;",
            "x: One.\n\nOr two, see https://example.org.",
        ]));
    }

    [Test]
    public void Of_a_plugin_is_one_line() => Assert.That(
        CompiledPlugin.Load("/// <summary>One<para>two</para></summary>\n[Plugin(\"test\")] public partial class TestPlugin;").Definition.Description,
        Is.EqualTo("One two"));

    [TestCase("Color x", "How it looks.\n- Red: as blood\n- dark-green: as a fir, in summer")]
    [TestCase("[Argument(Description = \"Which.\")] Color x", "Which.\n- Red: as blood\n- dark-green: as a fir, in summer")]
    [TestCase("Color? x = Color.Red", "How it looks.\n- Red: as blood\n- dark-green: as a fir, in summer\nDefault \"Red\".")]
    [TestCase("Rights x", "- Read: to look at\nEach item once.")]
    [TestCase("Plain x", "")]
    public void Of_an_enum_tells_what_its_members_mean(string parameter, string description)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] public partial class TestPlugin { [Tool(Description = "d")] public void M({{parameter}}) { } }

            /// <summary>How it looks.</summary>
            public enum Color
            {
                /// <summary>as blood</summary>
                Red,

                [System.ComponentModel.Description("as a fir,\nin summer"), System.Text.Json.Serialization.JsonStringEnumMemberName("dark-green")]
                Green,

                Blue,
            }

            [Flags] public enum Rights { /** <summary>to look at</summary> */ Read = 1, Write = 2 }

            public enum Plain { A }
            """);
        Assert.That(SchemaMembers.Of(plugin.Tools.Tools.Single().InputSchema)[0].Description, Is.EqualTo(description));
    }

    /// <summary>The description of the tool, and those of its arguments.</summary>
    private static IEnumerable<string> Described(string members)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")]
            public partial class TestPlugin : Base, ISum
            {
                {{members}}

                /// <inheritdoc cref="Base.Add(int)"/>
                private int Helper(int x) => x;
                {{(members.Contains(" Sum(", StringComparison.Ordinal) ? "" : "int ISum.Sum(int x) => x;")}}
            }

            public class Base
            {
                /// <summary>Adds.</summary>
                /// <param name="x">What.</param>
                public virtual int Add(int x) => x;

                /// <summary>Adds nothing.</summary>
                public int Add() => 0;

                public class Nested { /** <inheritdoc cref="Base.Add"/> */ public int Add(int x) => x; }
            }

            public interface ISum
            {
                /// <inheritdoc cref="Base.Add(int)"/>
                int Sum(int x);
            }

            public class Generic<T, U>
            {
                public int Add() => 0;

                /// <inheritdoc cref="Base.Add(int)"/>
                public int Add(List<T> x, U y) => 0;
            }
            """);
        var tool = plugin.Tools.Tools.Single();
        return [tool.Description, .. Members(plugin)];
    }

    private static IEnumerable<string> Members(CompiledPlugin plugin) =>
        SchemaMembers.Of(plugin.Tools.Tools.Single().InputSchema).Select(member => $"{member.Path}: {member.Description}");

    private static string? Text(Struct schema, string property) =>
        (string?)JsonNode.Parse(schema.ToString())!["properties"]![property]!["description"];
}
