using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Generated code at work: from the arguments of a request to the answer.</summary>
public sealed class BehaviorTests
{
    [TestCase("string", "\"Ada\"", """{ "text": "Ada" }""")]
    [TestCase("string?", "\"Ada\"", """{ "text": "Ada" }""")]
    [TestCase("bool", "true", """{ "data": true }""")]
    [TestCase("char", "\"x\"", """{ "data": "x" }""")]
    [TestCase("sbyte", "-128", """{ "data": -128 }""")]
    [TestCase("byte", "255", """{ "data": 255 }""")]
    [TestCase("short", "-32768", """{ "data": -32768 }""")]
    [TestCase("ushort", "65535", """{ "data": 65535 }""")]
    [TestCase("int", "-2147483648", """{ "data": -2147483648 }""")]
    [TestCase("uint", "4294967295", """{ "data": 4294967295 }""")]
    [TestCase("long", "\"-9223372036854775808\"", """{ "data": "-9223372036854775808" }""")]
    [TestCase("ulong", "\"18446744073709551615\"", """{ "data": "18446744073709551615" }""")]
    [TestCase("Half", "1.5", """{ "data": 1.5 }""")]
    [TestCase("float", "1.5", """{ "data": 1.5 }""")]
    [TestCase("double", "1e300", """{ "data": 1e+300 }""")]
    [TestCase("decimal", "1.5", """{ "data": 1.5 }""")]
    [TestCase("DateTime", "\"2026-01-31T09:30:00\"", """{ "data": "2026-01-31T09:30:00" }""")]
    [TestCase("DateTimeOffset", "\"2026-01-31T09:30:00+02:00\"", """{ "data": "2026-01-31T09:30:00+02:00" }""")]
    [TestCase("DateOnly", "\"2026-01-31\"", """{ "data": "2026-01-31" }""")]
    [TestCase("Guid", "\"123e4567-e89b-12d3-a456-426614174000\"", """{ "data": "123e4567-e89b-12d3-a456-426614174000" }""")]
    [TestCase("Uri", "\"https://example.org/a?b\"", """{ "data": "https://example.org/a?b" }""")]
    [TestCase("Color", "\"Red\"", """{ "data": "Red" }""")]
    [TestCase("Color", "\"dark-green\"", """{ "data": "dark-green" }""")]
    [TestCase("int?", "5", """{ "data": 5 }""")]
    [TestCase("Color?", "\"Red\"", """{ "data": "Red" }""")]
    [TestCase("Uri?", "\"mailto:a@b.org\"", """{ "data": "mailto:a@b.org" }""")]
    [TestCase("int[]", "[1,2]", """{ "data": [ 1, 2 ] }""")]
    [TestCase("string?[]", "[\"a\",null]", """{ "data": [ "a", null ] }""")]
    [TestCase("List<int?>", "[1,null]", """{ "data": [ 1, null ] }""")]
    [TestCase("IEnumerable<Color>", "[\"Red\"]", """{ "data": [ "Red" ] }""")]
    [TestCase("IReadOnlyCollection<string>", "[]", """{ "data": [ ] }""")]
    [TestCase("ICollection<int[]>", "[[1],[]]", """{ "data": [ [ 1 ], [ ] ] }""")]
    [TestCase("System.Collections.ObjectModel.ObservableCollection<int>", "[2,1]", """{ "data": [ 2, 1 ] }""")]
    [TestCase("System.Collections.Immutable.ImmutableSortedSet<int>", "[2,1]", """{ "data": [ 1, 2 ] }""")]
    [TestCase("System.Collections.Concurrent.ConcurrentDictionary<string, int>", """{"a":1}""", """{ "a": 1 }""")]
    [TestCase("System.Collections.Immutable.IImmutableDictionary<string, int>", """{"a":1}""", """{ "a": 1 }""")]
    [TestCase("System.Collections.Immutable.ImmutableSortedDictionary<string, int>", """{"b":2,"a":1}""", """{ "a": 1, "b": 2 }""")]
    public async Task Every_type_goes_in_and_comes_out(string type, string argument, string result)
    {
        var plugin = CompiledPlugin.LoadBody($"[Tool] public {type} Echo({type} x) => x; {Color}");
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(answer.Result.ToString(), Is.EqualTo(result));
    }

    [TestCase("int?")]
    [TestCase("string?")]
    [TestCase("Color?")]
    [TestCase("DateTime?")]
    [TestCase("int[]?")]
    public async Task Nothing_for_a_nullable_type_is_null_and_null_is_an_empty_object(string type)
    {
        var plugin = CompiledPlugin.LoadBody($"[Tool] public {type} Echo({type} x) => x; {Color}");
        Assert.That((await plugin.CallAsync("echo", "{}"))!.Result.ToString(), Is.EqualTo("{ }"));
        Assert.That((await plugin.CallAsync("echo", """{"x":null}"""))!.Result.ToString(), Is.EqualTo("{ }"));
    }

    [TestCase("string x = \"a\\\"b\\n\"", """{ "text": "a\"b\n" }""")]
    [TestCase("bool x = true", """{ "text": "True" }""")]
    [TestCase("char x = '\\''", """{ "text": "'" }""")]
    [TestCase("byte x = 5", """{ "text": "5" }""")]
    [TestCase("short x = -5", """{ "text": "-5" }""")]
    [TestCase("uint x = 5", """{ "text": "5" }""")]
    [TestCase("long x = long.MinValue", """{ "text": "-9223372036854775808" }""")]
    [TestCase("ulong x = ulong.MaxValue", """{ "text": "18446744073709551615" }""")]
    [TestCase("float x = 0.1f", """{ "text": "0.1" }""")]
    [TestCase("double x = double.NaN", """{ "text": "NaN" }""")]
    [TestCase("double x = double.PositiveInfinity", """{ "text": "Infinity" }""")]
    [TestCase("double x = double.NegativeInfinity", """{ "text": "-Infinity" }""")]
    [TestCase("double x = 0.1", """{ "text": "0.1" }""")]
    [TestCase("double x = -0.0", """{ "text": "-0" }""")]
    [TestCase("float x = float.NaN", """{ "text": "NaN" }""")]
    [TestCase("float x = float.PositiveInfinity", """{ "text": "Infinity" }""")]
    [TestCase("float x = float.NegativeInfinity", """{ "text": "-Infinity" }""")]
    [TestCase("uint x = uint.MaxValue", """{ "text": "4294967295" }""")]
    [TestCase("uint? x = 5", """{ "text": "5" }""")]
    [TestCase("ulong? x = 5", """{ "text": "5" }""")]
    [TestCase("long x = long.MaxValue", """{ "text": "9223372036854775807" }""")]
    [TestCase("decimal x = 1.50m", """{ "text": "1.50" }""")]
    [TestCase("int? x = 5", """{ "text": "5" }""")]
    [TestCase("int? x = null", """{ "text": "" }""")]
    [TestCase("Color x = Color.DarkGreen", """{ "text": "DarkGreen" }""")]
    [TestCase("Color? x = Color.DarkGreen", """{ "text": "DarkGreen" }""")]
    [TestCase("Color x = (Color)(-7)", """{ "text": "-7" }""")]
    [TestCase("DateTime x = default", """{ "text": "01/01/0001 00:00:00" }""")]
    [TestCase("params string[] x", """{ "text": "System.String[]" }""")]
    public async Task An_absent_argument_takes_its_default(string parameter, string result)
    {
        var plugin = CompiledPlugin.LoadBody(
            $"[Tool] public string Show({parameter}) => FormattableString.Invariant($\"{{x}}\"); {Color}");
        Assert.That((await plugin.CallAsync("show", "{}"))!.Result.ToString(), Is.EqualTo(result));
    }

    [TestCase("void M() { }", """{ "text": "ok" }""")]
    [TestCase("Task M() => Task.CompletedTask;", """{ "text": "ok" }""")]
    [TestCase("ValueTask M() => default;", """{ "text": "ok" }""")]
    [TestCase("async Task<string> M() { await Task.Yield(); return \"a\"; }", """{ "text": "a" }""")]
    [TestCase("async ValueTask<int> M() { await Task.Yield(); return 1; }", """{ "data": 1 }""")]
    [TestCase("ToolResult M() => ToolResult.Text(\"a\");", """{ "text": "a" }""")]
    [TestCase("ToolResult? M() => null;", "{ }")]
    [TestCase("Task<ToolResult> M() => Task.FromResult(ToolResult.Json(\"{\\\"a\\\":[1]}\"));", """{ "a": [ 1 ] }""")]
    [TestCase("Orchestra.Sdk.Messages.ToolResponse M() => new() { Success = true, Result = new() };", "{ }")]
    [TestCase("Color M() => (Color)9;", """{ "data": 9 }""")]
    [TestCase("Bits M() => Bits.Both;", """{ "data": [ "A", "B" ] }""")]
    [TestCase("Bits M() => Bits.High | Bits.A;", """{ "data": [ "A", "High" ] }""")]
    [TestCase("Bits M() => (Bits)4;", """{ "data": [ 4 ] }""")]
    [TestCase("Bits M() => Bits.None;", """{ "data": [ ] }""")]
    public async Task Every_return_type_is_answered(string method, string result)
    {
        var answer = await CompiledPlugin.LoadBody($"[Tool] public {method} {Color} {Bits}").CallAsync("m", "{}");
        Assert.That(answer!.Success, Is.True);
        Assert.That(answer.Result.ToString(), Is.EqualTo(result));
    }

    [TestCase("[Range(1, 10)] int x", "99", "arguments.x: expected an integer from 1 to 10, got 99")]
    [TestCase("[Length(1, 3)] string x", "\"abcd\"", "arguments.x: expected 1 to 3 characters, got 4")]
    [TestCase("[RegularExpression(\"(?>a+)\")] string x", "\"b\"", "arguments.x: expected a string that matches (?>a+) as a whole, got \"b\"")]
    [TestCase("[RegularExpression(\"a+\")] string x", "\"b\"", "arguments.x: expected a string that matches a+ as a whole, got \"b\"")]
    [TestCase("[AllowedValues(\"a\", \"b\")] string x", "\"c\"", "arguments.x: expected one of \"a\", \"b\", got \"c\"")]
    [TestCase("[AllowedValues(1, 2)] int x", "3", "arguments.x: expected one of 1, 2, got 3")]
    [TestCase("[Range(0, 1, MaximumIsExclusive = true)] double x", "1", "arguments.x: expected a number of at least 0 and less than 1, got 1")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true)] double x", "0", "arguments.x: expected a number greater than 0 and at most 1, got 0")]
    [TestCase("[Range(typeof(Half), \"-1\", \"1.5\")] Half x", "2", "arguments.x: expected a number from -1 to 1.5, got 2")]
    [TestCase("[Range(1, 9)] uint x", "0", "arguments.x: expected an integer from 1 to 9, got 0")]
    [TestCase("[Range(1, 9)] ulong x", "0", "arguments.x: expected an integer from 1 to 9, got 0")]
    [TestCase("[AllowedValues(1u, 2u)] uint x", "3", "arguments.x: expected one of 1, 2, got 3")]
    [TestCase("[AllowedValues(1.5f)] float x", "1", "arguments.x: expected one of 1.5, got 1")]
    [TestCase("[AllowedValues(1L)] long x", "2", "arguments.x: expected one of 1, got 2")]
    [TestCase("[DeniedValues(1, 2)] int x", "2", "arguments.x: expected any number except 1, 2, got 2")]
    [TestCase("[MaxLength(1)] int[] x", "[1,2]", "arguments.x: expected at most 1 item, got 2")]
    [TestCase("Color x", "\"blue\"", "arguments.x: expected one of \"Red\", \"dark-green\", got \"blue\"")]
    [TestCase("int[] x", "[1,\"b\"]", "arguments.x[1]: expected an integer, got the string \"b\"")]
    [TestCase("string x", "null", "arguments.x: expected a string, got null")]
    [TestCase("[Range(typeof(decimal), \"0.10\", \"1.50\")] decimal x", "2", "arguments.x: expected a number from 0.1 to 1.5, got 2")]
    [TestCase("[Range(double.Epsilon, 9)] int x", "0", "arguments.x: expected an integer from 1 to 9, got 0")]
    [TestCase("[Range(double.Epsilon, 9)] double x", "0", "arguments.x: expected a number from 5E-324 to 9, got 0")]
    [TestCase("[Range(0, 0.1)] float x", "0.11", "arguments.x: expected a number from 0 to 0.1, got 0.11")]
    public async Task What_the_schema_says_is_enforced_before_the_method_runs(string parameter, string argument, string fault)
    {
        var plugin = CompiledPlugin.LoadBody($"[Tool] public void M({parameter}) => throw new Exception(\"ran\"); {Color}");
        var answer = await plugin.CallAsync("m", $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorCode, Is.EqualTo("invalid_arguments"));
        Assert.That(answer.ErrorMessage, Is.EqualTo(fault));
    }

    [TestCase("[Required(AllowEmptyStrings = true)] string x", "\"\"")]
    [TestCase("[Range(0, 0.1)] float x", "0.1")]
    [TestCase("[MaxLength(1)] string x", "\"😀\"")]
    [TestCase("[AllowedValues(\"a\", null)] string? x", "null")]
    public async Task What_the_schema_allows_reaches_the_method(string parameter, string argument)
    {
        var plugin = CompiledPlugin.LoadBody($"[Tool] public void M({parameter}) {{ }}");
        Assert.That((await plugin.CallAsync("m", $$"""{"x":{{argument}}}"""))!.ErrorMessage, Is.Empty);
    }

    [Test]
    public async Task Strict_reaches_the_reader()
    {
        var plugin = CompiledPlugin.LoadBody("[Tool] public int Lenient(int x) => x; [Tool(Strict = true)] public int Strict(int x) => x;");
        Assert.That((await plugin.CallAsync("lenient", """{"x":"1"}"""))!.Success, Is.True);
        Assert.That((await plugin.CallAsync("strict", """{"x":"1"}"""))!.Success, Is.False);
    }

    [Test]
    public async Task Context_and_token_are_injected()
    {
        var plugin = CompiledPlugin.LoadBody("""
            [Tool] public string M(ToolContext context, string x, CancellationToken token) => $"{context.SessionId} {x} {token.IsCancellationRequested}";
            """);
        var answer = await plugin.CallAsync("m", """{"x":"y"}""", new CancellationToken(canceled: true));
        Assert.That(answer!.Result.ToString(), Is.EqualTo("""{ "text": "session-1 y True" }"""));
    }

    [Test]
    public async Task An_unknown_tool_has_no_answer() =>
        Assert.That(await CompiledPlugin.LoadBody("[Tool] public void M() { }").CallAsync("M", "{}"), Is.Null);

    [TestCase("namespace Demo.@event; [Plugin(\"p\")] public partial class @class { [Tool] public string @int(string @string, @enum @out) => @string + @out; } public enum @enum { @if, @else }",
        "Demo.event.class", "int", """{"string":"a","out":"else"}""", "aelse")]
    [TestCase("public partial struct Outer { internal partial interface IInner { partial record Deep { [Plugin(\"p\")] private partial class P { [Tool] private string M(int x) => \"\" + x; } } } }",
        "Outer+IInner+Deep+P", "m", """{"x":1}""", "1")]
    [TestCase("public partial record struct Outer { [Plugin(\"p\")] internal partial class P { [Tool] public string M() => \"a\"; } }",
        "Outer+P", "m", "{}", "a")]
    [TestCase("[Plugin(\"p\")] public partial record P { [Tool] public string M() => \"a\"; [Tool(Name = \"n\")] public string M(int x) => \"b\"; }",
        "P", "n", """{"x":1}""", "b")]
    [TestCase("[Plugin(\"p\")] public partial class P { [Tool] public string M(System x, Task y) => \"\" + x + y; public enum System { A } public enum Task { B } class Orchestra; class Google; }",
        "P", "m", """{"x":"A","y":"B"}""", "AB")]
    [TestCase("[Plugin(\"p\")] public partial class P { [Tool] public string Plugin(string plugin, string request, string context, string arguments) => plugin + request + context + arguments; }",
        "P", "plugin", """{"plugin":"a","request":"b","context":"c","arguments":"d"}""", "abcd")]
    [TestCase("[Plugin(\"p\")] public partial class P { [Tool(Name = \"a\")] public string Tool(string x) => x; [StreamingTool(Name = \"b\")] public async IAsyncEnumerable<string> Tool() { await Task.Yield(); yield break; } [Prompt] public string Prompt() => \"\"; [OnEvent(\"t\")] public void Event() { } }",
        "P", "a", """{"x":"y"}""", "y")]
    public async Task Any_place_and_any_name_will_do(string source, string type, string tool, string arguments, string text)
    {
        var answer = await CompiledPlugin.Load(source, type).CallAsync(tool, arguments);
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(answer.Result.Fields["text"].StringValue, Is.EqualTo(text));
    }

    [Test]
    public async Task Of_two_tools_of_one_name_the_first_is_called()
    {
        var plugin = CompiledPlugin.LoadBody("[Tool] public string M() => \"a\"; [Tool] public string M(int x) => \"b\";");
        Assert.That((await plugin.CallAsync("m", "{}"))!.Result.Fields["text"].StringValue, Is.EqualTo("a"));
        Assert.That(plugin.Tools.Tools, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_manifest_says_what_the_attribute_and_the_tools_say()
    {
        var definition = CompiledPlugin.Load("""
            /// <summary>Does &amp; tells.</summary>
            [Plugin("p", Version = "1.2.3", Author = "Ada \"the\" Countess", ProvidesStorage = ["s"], ProvidesTransport = ["t"], ProvidesAI = ["a"],
                NeedsStorage = ["ns"], NeedsEvents = ["ne"], NeedsAI = ["na"], NeedsTools = ["nt1", "nt2"])]
            public partial class TestPlugin { [Tool] public void One() { } [Tool] public void Two() { } }
            """).Definition;
        Assert.That(System.Text.Encoding.UTF8.GetString(definition.ManifestJson), Is.EqualTo(
            """{"id":"p","version":"1.2.3","description":"Does & tells.","author":"Ada \"the\" Countess","language":"csharp","provides_tools":["one","two"],"provides_storage":["s"],"provides_transport":["t"],"provides_ai":["a"],"provides_prompts":[],"needs_storage":["ns"],"needs_ai":["na"],"needs_tools":["nt1","nt2"]}"""));
        Assert.That(PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray()), Is.EqualTo(new PluginManifest
        {
            Id = "p",
            Version = "1.2.3",
            Description = "Does & tells.",
            Author = "Ada \"the\" Countess",
            Language = "csharp",
            ProvidesTools = { "one", "two" },
            ProvidesStorage = { "s" },
            ProvidesTransport = { "t" },
            ProvidesAi = { "a" },
            NeedsStorage = { "ns" },
            NeedsEvents = { "ne" },
            NeedsAi = { "na" },
            NeedsTools = { "nt1", "nt2" },
        }));
    }

    [Test]
    public void The_version_is_the_assemblys_unless_given()
    {
        var definition = CompiledPlugin.Load("""
            [assembly: System.Reflection.AssemblyInformationalVersion("2.0.0-beta+abcdef")]
            [Plugin("p")] public partial class TestPlugin;
            """).Definition;
        Assert.That(definition.Version, Is.EqualTo("2.0.0-beta"));
    }

    private const string Bits = "[Flags] public enum Bits { None = 0, Both = 3, A = 1, Alias = A, B = 2, High = 12 } ";

    private const string Color = """

            public enum Color
            {
                Red,
                [System.Text.Json.Serialization.JsonStringEnumMemberName("dark-green")] DarkGreen,
            }
        """;
}
