using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// Every diagnostic, where it appears and what it says. In the sources <c>[|…|]</c> marks the place; nothing else is reported.
/// </summary>
public sealed partial class DiagnosticsTests
{
    [TestCase("NotPartial", "ORC001: 'P' must be declared partial, because the generator writes its other half", """
        [Plugin("p")] public class [|P|];
        """)]
    [TestCase("Outer_type_not_partial", "ORC001: 'Outer' must be declared partial, because the generator writes its other half", """
        public class [|Outer|] { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Generic_class", "ORC002: 'P' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public partial class [|P|]<T>;
        """)]
    [TestCase("Generic_outer_class", "ORC002: 'Outer' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        public partial class [|Outer|]<T> { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Static_class", "ORC002: 'P' is static: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public static partial class [|P|];
        """)]
    [TestCase("Abstract_class", "ORC002: 'P' is abstract: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public abstract partial class [|P|];
        """)]
    [TestCase("File_local_class", "ORC002: 'P' is file-local: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] file partial class [|P|];
        """)]
    [TestCase("Plugin_id", "ORC003: '../p' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit", """
        [[|Plugin("../p")|]] public partial class P;
        """)]
    [TestCase("Tool_outside", "ORC004: 'M' is a tool, but 'C' has no [Plugin] attribute, so nothing will ever call it", """
        public class C { /** <summary>Does.</summary> */ [[|Tool|]] public void M() { } }
        """)]
    public Task Of_classes(string name, string expected, string markup) => VerifyAsync(name, expected, markup);

    [TestCase("Duplicate", "ORC005: The tool name 'm' is already used by 'M': give one of them another by [Tool(Name = \"…\")]", """
        [Tool(Description = "d")] public void M() { }
        [[|Tool(Description = "d")|]] public void M(int x) { }
        """)]
    [TestCase("Name", "ORC006: 'a b' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Name = "a b", Description = "d")|]] public void M() { }
        """)]
    [TestCase("Unicode_name", "ORC006: 'grüße' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Description = "d")|]] public void Grüße() { }
        """)]
    [TestCase("Static", "ORC007: 'M' is static: a tool is an instance method without type parameters", """
        [Tool(Description = "d")] public static void [|M|]() { }
        """)]
    [TestCase("Generic", "ORC007: 'M' is generic: a tool is an instance method without type parameters", """
        [Tool(Description = "d")] public void [|M|]<T>() { }
        """)]
    [TestCase("AsyncVoid", "ORC008: 'M' is async void: return Task, so that its end and its failure can be seen", """
        [Tool(Description = "d")] public async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Returns_delegate", "ORC016: The tool 'm' returns 'System.Action', which has no JSON form", """
        [Tool(Description = "d")] public [|Action|] M() => () => { };
        """)]
    [TestCase("Returns_task_of_span_like", "ORC016: The tool 'm' returns 'System.Threading.Tasks.Task<System.IO.Stream>', which has no JSON form", """
        [Tool(Description = "d")] public [|Task<System.IO.Stream>|] M(CancellationToken c) => null!;
        """)]
    [TestCase("Returns_by_reference", "ORC016: The tool 'm' returns 'int', which has no JSON form", """
        private int _x;
        [Tool(Description = "d")] public [|ref int|] M() => ref _x;
        """)]
    [TestCase("NoDescription", "ORC017: The tool 'm' has no description: a model chooses tools by it, so add a <summary> or [Tool(Description = \"…\")]", """
        [[|Tool|]] public void M() { }
        """)]
    [TestCase("NoCancellationToken", "ORC018: 'M' has no CancellationToken parameter: it goes on when its caller no longer waits", """
        [Tool(Description = "d")] public Task [|M|](int x) => Task.CompletedTask;
        """)]
    [TestCase("NoCancellationToken_of_a_value_task", "ORC018: 'M' has no CancellationToken parameter: it goes on when its caller no longer waits", """
        [Tool(Description = "d")] public ValueTask<int> [|M|]() => default;
        """)]
    [TestCase("NoCancellationToken_of_a_stream", "ORC018: 'M' has no CancellationToken parameter: it goes on when its caller no longer waits", """
        [StreamingTool(Description = "d")] public IAsyncEnumerable<int> [|M|]() => null!;
        """)]
    public Task Of_tools(string name, string expected, string members) => VerifyAsync(name, expected, InPlugin(members));

    [TestCase("Delegate", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Action', which has no JSON Schema form", "Action [|x|]")]
    [TestCase("Pointer", "ORC009: The parameter 'x' of tool 'm' has the type 'int*', which has no JSON Schema form", "int* [|x|]")]
    [TestCase("Span", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Span<int>', which has no JSON Schema form", "Span<int> [|x|]")]
    [TestCase("Array_of_rank_2", "ORC009: The parameter 'x' of tool 'm' has the type 'int[*,*]', which has no JSON Schema form", "int[,] [|x|]")]
    [TestCase("Interface", "ORC009: The parameter 'x' of tool 'm' has the type 'System.IDisposable', which has no JSON Schema form", "IDisposable [|x|]")]
    [TestCase("List_of_delegates", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.List<System.Action>', which has no JSON Schema form", "List<Action> [|x|]")]
    [TestCase("Out", "ORC010: The parameter 'x' of tool 'm' is passed by 'out': arguments come by value", "out int [|x|]")]
    [TestCase("In", "ORC010: The parameter 'x' of tool 'm' is passed by 'in': arguments come by value", "in int [|x|]")]
    [TestCase("Ref", "ORC010: The parameter 'x' of tool 'm' is passed by 'ref': arguments come by value", "ref int [|x|]")]
    [TestCase("Name", "ORC011: 'größe' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "int [|größe|]")]
    [TestCase("Given_name", "ORC011: 'a b' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "[[|Argument(Name = \"a b\")|]] int x")]
    [TestCase("Duplicate", "ORC012: The argument name 'X' is used twice by tool 'm' (case does not tell names apart)", "int x, [Argument(Name = \"X\")] int [|y|]")]
    [TestCase("Range_of_string", "ORC013: [Range] on 'x' does not apply to the type 'string'", "[[|Range(1, 2)|]] string x")]
    [TestCase("Range_of_list", "ORC013: [Range] on 'x' does not apply to the type 'int[]'", "[[|Range(1, 2)|]] int[] x")]
    [TestCase("Length_of_int", "ORC013: [Length] on 'x' does not apply to the type 'int'", "[[|Length(1, 2)|]] int x")]
    [TestCase("StringLength_of_list", "ORC013: [StringLength] on 'x' does not apply to the type 'string[]'", "[[|StringLength(2)|]] string[] x")]
    [TestCase("Pattern_of_int", "ORC013: [RegularExpression] on 'x' does not apply to the type 'int'", "[[|RegularExpression(\"a\")|]] int x")]
    [TestCase("AllowedValues_of_bool", "ORC013: [AllowedValues] on 'x' does not apply to the type 'bool'", "[[|AllowedValues(true)|]] bool x")]
    [TestCase("Empty_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(2, 1)|]] int x")]
    [TestCase("Empty_exclusive_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(1, 1, MinimumIsExclusive = true)|]] double x")]
    [TestCase("No_integer_in_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(0.2, 0.8)|]] int x")]
    [TestCase("Range_above_the_type", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(300, 400)|]] byte x")]
    [TestCase("Range_of_words", "ORC014: [Range] on 'x': its bounds are no numbers", "[[|Range(typeof(int), \"a\", \"b\")|]] int x")]
    [TestCase("Negative_length", "ORC014: [MinLength] on 'x': no length is in this range", "[[|MinLength(-1)|]] string x")]
    [TestCase("Length_reversed", "ORC014: [Length] on 'x': no length is in this range", "[[|Length(3, 2)|]] string x")]
    [TestCase("No_allowed_value", "ORC014: [AllowedValues] on 'x': it allows no value", "[[|AllowedValues|]] string x")]
    [TestCase("Wrong_allowed_value", "ORC014: [AllowedValues] on 'x': 'a' is no value of the type", "[[|AllowedValues(1, \"a\")|]] int x")]
    [TestCase("Default_below", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 1", "[Range(1, 10)] int [|x|] = 0")]
    [TestCase("Default_too_long", "ORC015: The default value of 'x' is refused when a caller sends it: it is longer than 2", "[MaxLength(2)] string [|x|] = \"abc\"")]
    [TestCase("Default_not_allowed", "ORC015: The default value of 'x' is refused when a caller sends it: it is not among the allowed values", "[AllowedValues(\"a\")] string [|x|] = \"b\"")]
    public Task Of_parameters(string name, string expected, string parameters) =>
        VerifyAsync(name, expected, InPlugin($$"""[Tool(Description = "d")] public unsafe void M({{parameters}}) => throw new Exception();"""));

    [Test]
    public async Task Of_an_invalid_pattern()
    {
        var markup = InPlugin("""[Tool(Description = "d")] public void M([[|RegularExpression("(")|]] string x) { }""");
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(Unmark(markup, out _))).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC014"));
        Assert.That(diagnostic.GetMessage(null), Does.StartWith("[RegularExpression] on 'x': Invalid pattern '('"));
    }

    [Test]
    public async Task None_of_a_plugin_with_one_of_everything()
    {
        var source = InPlugin("""
            /// <summary>Takes much.</summary>
            [Tool]
            public Task<string?> MAsync(
                [Length(1, 5)] string a, [Range(1, 9)] int? b, char c, bool d, [MinLength(1)] List<double> e, DayOfWeek f,
                [AllowedValues(1, 2)] byte g, [RegularExpression("^a")] string h, ToolContext context,
                CancellationToken cancellationToken, [Range(0, 1)] float i = 0.5f, params Guid[] j) => Task.FromResult<string?>("");
            """);
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [TestCase("synchronous", "[Tool] public int M() => 1;")]
    [TestCase("with a token", "[Tool] public Task M(CancellationToken cancellationToken) => Task.CompletedTask;")]
    [TestCase("no tool", "public Task M() => Task.CompletedTask;")]
    [TestCase("of an interface", "[Tool] public ValueTask DisposeAsync() => default;")]
    [TestCase("explicitly of an interface", "[Tool] ValueTask IAsyncDisposable.DisposeAsync() => default;")]
    [TestCase("override", "[Tool] public override Task FlushAsync() => Task.CompletedTask;")]
    public async Task None_of_a_token_that_is_not_missing(string name, string member)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            public abstract class Base : IAsyncDisposable
            {
                public abstract Task FlushAsync();
                public virtual ValueTask DisposeAsync() => default;
            }

            [Plugin("p")] public partial class P : Base, IAsyncDisposable { {{member}} }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Does.Not.Contain("ORC018"), name);
    }

    private static string InPlugin(string members) => $$"""
        [Plugin("p")]
        public partial class P
        {
            {{members}}
        }
        """;

    private static async Task VerifyAsync(string name, string expected, string markup)
    {
        var source = Unmark(markup, out var place);
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(source)).Single();
        Assert.That($"{diagnostic.Id}: {diagnostic.GetMessage(null)}", Is.EqualTo(expected), name);
        Assert.That(source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), Is.EqualTo(place));
        Assert.That(diagnostic.Location.SourceSpan.Start, Is.EqualTo(markup.IndexOf("[|", StringComparison.Ordinal)));
    }

    private static string Unmark(string markup, out string place)
    {
        place = Marked().Match(markup).Groups[1].Value;
        Assert.That(place, Is.Not.Empty);
        return Marked().Replace(markup, "$1");
    }

    [GeneratedRegex(@"\[\|(.*?)\|\]")]
    private static partial Regex Marked();
}
