using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Whatever a project's settings are, and whatever its own types are called: what is generated compiles without a warning.</summary>
public sealed class SurroundingsTests
{
    [TestCase(LanguageVersion.CSharp12)]
    [TestCase(LanguageVersion.CSharp13)]
    [TestCase(LanguageVersion.CSharp14)]
    [TestCase(LanguageVersion.Preview)]
    public void Of_each_language_version(LanguageVersion version) => Compile(RichPlugin.Source, version);

    [TestCase(NullableContextOptions.Disable)]
    [TestCase(NullableContextOptions.Annotations)]
    [TestCase(NullableContextOptions.Warnings)]
    public void Without_nullable_types(NullableContextOptions nullable)
    {
        // Nobody writes "string?" there; "int?" stays.
        var source = RichPlugin.Source.Replace("string?", "string", StringComparison.Ordinal);
        Compile(source, nullable: nullable);
    }

    [Test]
    public void With_every_member_documented_or_warned_of()
    {
        // The user's own undocumented members are the user's: only what is generated counts.
        var diagnostics = Diagnostics(
            RichPlugin.Source, LanguageVersion.CSharp12, NullableContextOptions.Enable, DocumentationMode.Diagnose);
        Assert.That(diagnostics.Where(diagnostic => IsGenerated(diagnostic.Location)), Is.Empty);
        Assert.That(diagnostics, Has.Some.Property("Id").EqualTo("CS1591"));
    }

    private static readonly TestCaseData[] Sources =
    [
        new TestCaseData("""
            [Orchestra.Sdk.Plugin("p")] public partial class P { [Orchestra.Sdk.Tool] public string M(string x, int? y, System.Collections.Generic.List<R> z) => x; }
            public record R(string A);
            """).SetName("In_the_global_namespace"),
        new TestCaseData("""
            namespace A { namespace B { public partial class C { internal partial struct D { private partial record E { private partial interface F {
                [Orchestra.Sdk.Plugin("p")] private sealed partial class P { [Orchestra.Sdk.Tool] public R M(R r) => r; }
                public record R(int A); } } } } } }
            """).SetName("Nested_in_all_that_can_nest"),
        new TestCaseData("""
            using Orchestra.Sdk;
            namespace @namespace.@class;
            [Plugin("p")] public partial class @event
            {
                [Tool] public @record @void(@record @int, @enum @params = @enum.@default, int @this = 1) => @int;
                [StreamingTool] public async System.Collections.Generic.IAsyncEnumerable<@record> @while(int @for) { await System.Threading.Tasks.Task.Yield(); yield break; }
                [Prompt] public string @return(string @string) => @string;
                [OnEvent("t")] public void @on(@record @base) { }
            }
            public record @record(int @new, @enum @is = @enum.@default) { public required string @readonly { get; init; } }
            public enum @enum { @default, @switch }
            """).SetName("With_keywords_as_names"),
        new TestCaseData("""
            using Orchestra.Sdk;
            namespace Größe.名前;
            [Plugin("p")] public partial class Gerät
            {
                [Tool(Name = "messen")] public Maß Messen([Argument(Name = "mass")] Maß größe, Farbe farbe = Farbe.Grün) => größe;
            }
            public record Maß([property: System.Text.Json.Serialization.JsonPropertyName("laenge")] int Länge);
            public enum Farbe { Grün, 赤 }
            """).SetName("With_names_of_any_script"),
        new TestCaseData("""
            using Orchestra.Sdk;
            namespace Demo;
            [Plugin("a")] public partial class A { [Tool] public R M(R r) => r; }
            [Plugin("b")] public partial class B { [Tool] public R M(R r) => r; }
            [Plugin("c")] public partial class a { [Tool] public R M(R r) => r; }
            public record R(int X);
            """).SetName("Of_plugins_whose_names_differ_in_case"),
        new TestCaseData("""
            using Orchestra.Sdk;
            namespace Demo
            {
                [Plugin("p")] public partial class P
                {
                    [Tool] public Int32 M(String s, Task t, Object o, System.Guid g, Orchestra.Value v) => new(1);
                    [Tool] public global::System.Threading.Tasks.Task<List<Nullable>> NAsync(global::System.Collections.Generic.List<Func> x, global::System.Threading.CancellationToken token) => throw null!;
                    [StreamingTool] public global::System.Collections.Generic.IAsyncEnumerable<String> S(global::System.Threading.CancellationToken token) => throw null!;
                    [Prompt] public string Q(int a) => "";
                    [OnEvent("t")] public global::System.Threading.Tasks.Task E(String s, CancellationToken t, global::System.Threading.CancellationToken token) => throw null!;
                }
                public record String(int A); public record Task(int A); public record Object(int A); public record Int32(int A); public record Func(int A);
                public record Nullable(int A); public record ValueTask(int A); public record Exception(int A);
                public record List<T>(T[] Items);
                public record CancellationToken(int A);
                public record ToolContext(int A); public record ToolRequest(int A); public record ArgumentReader(int A); public record GeneratedCode(int A);
            }
            namespace Demo.System { public record Guid(int A); public class Threading { } }
            namespace Demo.Orchestra { public record Value(int A); public class Sdk { } }
            namespace Demo.Google { public class Protobuf { } }
            """).SetName("Beside_types_that_shadow_the_ones_used"),
        new TestCaseData("""
            using Orchestra.Sdk;
            [Plugin("p")] public partial class P
            {
                public int Id, Version, EncodedTools, System, Orchestra, Google, Result, Instance, plugin, request, context, arguments, value0, argument0;
                [Tool] public void Tool(int x) { }
                [Tool(Name = "x1")] public int Overload(int x) => x;
                [Tool(Name = "x2")] public int Overload(string x) => 1;
                [Tool] public void Definition(int plugin, int request, int context, int cancellationToken, int arguments, int rejection, int value0, int argument0) { }
                [Tool] public new string ToString() => "";
                [Tool] public void CallTool() { }
                [StreamingTool] public global::System.Collections.Generic.IAsyncEnumerable<int> Tools(int item, int chunks, global::System.Threading.CancellationToken token) => throw null!;
                [StreamingTool(Name = "y")] public global::System.Collections.Generic.IAsyncEnumerable<int> Tool(string item, global::System.Threading.CancellationToken token) => throw null!;
                [Prompt] public string Prompt(int prompt) => "";
                [Prompt] public string GetPrompt(int prompt) => "";
                [OnEvent("t")] public void Event(R delivery) { }
                [OnEvent("t")] public void HandleEvent(R members) { }
            }
            public record R(int argument, int members, int value, int result, int defaults) { public int given0 { get; init; } }
            """).SetName("With_members_called_as_the_generated_ones"),
        new TestCaseData("""
            using System;
            using Orchestra.Sdk;
            [Plugin("p")] public partial class P
            {
                [Tool, Obsolete("old")] public Old M(Old x, Kind k = Kind.New) => x;
                [StreamingTool, Obsolete] public global::System.Collections.Generic.IAsyncEnumerable<int> S(global::System.Threading.CancellationToken token) => throw null!;
                [Prompt, Obsolete] public string Q(int a) => "";
                [OnEvent("t"), Obsolete] public void E(Old x) { }
            }
            [Obsolete("old")] public record Old(int A) { [Obsolete("older")] public int B { get; set; } }
            public enum Kind { [Obsolete("old")] Old, New }
            """).SetName("With_obsolete_members"),
        new TestCaseData("""
            using Orchestra.Sdk;
            [Plugin("p")] public partial class P
            {
                [Tool] public void M(int x, E e, in global::System.ReadOnlySpan<int> y = default) { }
                [Tool] public E N(E e) => e;
                [Tool] public dynamic D(dynamic x) => x;
                [Tool] public (int A, (string B, E? C) D) T((int A, (string B, E? C) D) x) => x;
                [Tool] public System.Collections.Generic.IEnumerable<E?[]> L(System.Collections.Generic.Dictionary<string, E?[]> x) => x.Values;
            }
            public readonly record struct E(int A);
            """).SetName("With_a_tool_that_is_left_out_and_others"),
    ];

    [TestCaseSource(nameof(Sources))]
    public void Of_any_code(string source) => Compile(source);

    internal static void Compile(
        string source,
        LanguageVersion version = LanguageVersion.CSharp12,
        NullableContextOptions nullable = NullableContextOptions.Enable) =>
        Assert.That(
            Diagnostics(source, version, nullable, DocumentationMode.Parse).Where(diagnostic =>
                diagnostic.Severity == DiagnosticSeverity.Error || IsGenerated(diagnostic.Location)),
            Is.Empty);

    private static IReadOnlyList<Diagnostic> Diagnostics(
        string source, LanguageVersion version, NullableContextOptions nullable, DocumentationMode documentation)
    {
        var parseOptions = new CSharpParseOptions(version, documentation);
        var options = GeneratorHarness.CompilationOptions.WithNullableContextOptions(nullable).WithWarningLevel(9999);
        var compilation = CSharpCompilation.Create(
            "Generated", [CSharpSyntaxTree.ParseText(source, parseOptions, path: "Source.cs")], GeneratorHarness.References, options);
        var driver = GeneratorHarness.Driver().WithUpdatedParseOptions(parseOptions);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var result, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(result.SyntaxTrees.Count(), Is.GreaterThan(1), "something was generated");
        return [.. result.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)];
    }

    private static bool IsGenerated(Location location) => location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) is true;
}
