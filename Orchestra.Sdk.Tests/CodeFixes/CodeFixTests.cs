using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>What each fix makes of a source; the result compiles and has the diagnostic no more.</summary>
public sealed class CodeFixTests
{
    [TestCase("ORC001", "Make 'P' partial",
        """[Plugin("p")] public class P;""",
        """[Plugin("p")] public partial class P;""")]
    [TestCase("ORC001", "Make 'P' partial",
        """
        record struct Outer
        {
            [Plugin("p")]
            class P;
        }
        """,
        """
        partial record struct Outer
        {
            [Plugin("p")]
            partial class P;
        }
        """)]
    [TestCase("ORC002", "Remove 'abstract'",
        """[Plugin("p")] public abstract partial class P;""",
        """[Plugin("p")] public partial class P;""")]
    [TestCase("ORC002", "Remove 'static'",
        """[Plugin("p")] static partial class P;""",
        """[Plugin("p")] partial class P;""")]
    [TestCase("ORC002", "Remove 'file'",
        """
        [Plugin("p")]
        file partial class P;
        """,
        """
        [Plugin("p")]
        partial class P;
        """)]
    [TestCase("ORC003", "Change the id to 'my-tools'",
        """[Plugin("../my tools!", Version = "1")] public partial class P;""",
        """[Plugin("my-tools", Version = "1")] public partial class P;""")]
    [TestCase("ORC003", "Change the id to 'web_search'",
        """[Plugin("")] public partial class WebSearch;""",
        """[Plugin("web_search")] public partial class WebSearch;""")]
    [TestCase("ORC004", "Make 'WebSearch' a plugin",
        """
        namespace Demo
        {
            /// <summary>Searches.</summary>
            public class WebSearch
            {
                [Tool(Description = "d")] public void M() { }
            }
        }
        """,
        """
        namespace Demo
        {
            /// <summary>Searches.</summary>
            [Plugin("web_search")]
            public partial class WebSearch
            {
                [Tool(Description = "d")] public void M() { }
            }
        }
        """)]
    [TestCase("ORC004", "Make 'C' a plugin",
        """public class C { [Tool(Description = "d")] public void M() { } }""",
        """
        [Plugin("c")]
        public partial class C { [Tool(Description = "d")] public void M() { } }
        """)]
    [TestCase("ORC034", "Remove [FromServices]",
        """[Plugin("p")] public partial class P { [Tool(Description = "d")] public void M([FromServices] ToolContext context) { } }""",
        """[Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(ToolContext context) { } }""")]
    [TestCase("ORC004", "Remove [Tool]",
        """
        public static class C
        {
            /// <summary>Does.</summary>
            [Tool]
            public static void M() { }
        }
        """,
        """
        public static class C
        {
            /// <summary>Does.</summary>
            public static void M() { }
        }
        """)]
    [TestCase("ORC004", "Remove [Orchestra.Sdk.Tool]",
        """public struct C { [Obsolete, Orchestra.Sdk.Tool] public void M() { } }""",
        """public struct C { [Obsolete] public void M() { } }""")]
    [TestCase("ORC004", "Make 'C' a plugin",
        """
        public class C
        {
            [Prompt] public string M() => "";
        }
        """,
        """
        [Plugin("c")]
        public partial class C
        {
            [Prompt] public string M() => "";
        }
        """)]
    [TestCase("ORC004", "Remove [OnEvent]",
        """public class C { [OnEvent("t", "a=b")] public void M() { } }""",
        """public class C { public void M() { } }""")]
    [TestCase("ORC020", "Name the member 'content' in JSON",
        """
        [Plugin("p")] public partial class P { [Tool] public ValueTask<Page> M(CancellationToken c) => default; }
        public class Page
        {
            /// <summary>Lines.</summary>
            public required string[] Text { get; init; }
        }
        """,
        """
        [Plugin("p")] public partial class P { [Tool] public ValueTask<Page> M(CancellationToken c) => default; }
        public class Page
        {
            /// <summary>Lines.</summary>
            [System.Text.Json.Serialization.JsonPropertyName("content")]
            public required string[] Text { get; init; }
        }
        """)]
    [TestCase("ORC020", "Name the member 'content' in JSON",
        """
        [Plugin("p")] public partial class P { [Tool] public Page M() => new([]); }
        public record Page([property: System.Text.Json.Serialization.JsonPropertyName("text")] string[] Lines);
        """,
        """
        [Plugin("p")] public partial class P { [Tool] public Page M() => new([]); }
        public record Page([property: System.Text.Json.Serialization.JsonPropertyName("content")] string[] Lines);
        """)]
    public Task Of_classes(string id, string title, string before, string after) => VerifyAsync(id, title, before, after);

    [TestCase("ORC005", "Name the tool 'get_2'",
        """
        [Tool(Description = "d")] public void Get() { }
        [Tool(Description = "d")] public void Get(int id) { }
        """,
        """
        [Tool(Description = "d")] public void Get() { }
        [Tool(Name = "get_2", Description = "d")] public void Get(int id) { }
        """)]
    [TestCase("ORC005", "Name the tool 'get_one'",
        """
        [Tool] public void Get() { }
        [Tool(Name = "get")] public void GetOneAsync() { }
        """,
        """
        [Tool] public void Get() { }
        [Tool(Name = "get_one")] public void GetOneAsync() { }
        """)]
    [TestCase("ORC006", "Name the tool 'gruesse'",
        "[Tool] public void Grüße() { }",
        """[Tool(Name = "gruesse")] public void Grüße() { }""")]
    [TestCase("ORC006", "Name the tool 'get_all'",
        """[Tool(Name = " get  all!")] public void M() { }""",
        """[Tool(Name = "get_all")] public void M() { }""")]
    [TestCase("ORC006", "Name the tool 'm'",
        """[Tool(Name = "数字")] public void M() { }""",
        """[Tool(Name = "m")] public void M() { }""")]
    [TestCase("ORC006", "Name the tool 'unnamed'",
        "[Tool()] public void 数字() { }",
        """[Tool(Name = "unnamed")] public void 数字() { }""")]
    [TestCase("ORC007", "Remove [Tool]",
        """[Tool(Description = "d")] public static void M<T>() { }""",
        """public static void M<T>() { }""")]
    [TestCase("ORC007", "Remove [Prompt]",
        """public string X { [Obsolete, Prompt] get => ""; }""",
        """public string X { [Obsolete] get => ""; }""")]
    [TestCase("ORC007", "Remove [Tool]",
        """[Tool(Description = "d")] ~P() { }""",
        """~P() { }""")]
    [TestCase("ORC008", "Return 'Task'",
        "[Tool] public async void M() => await Task.Yield();",
        "[Tool] public async Task M() => await Task.Yield();")]
    [TestCase("ORC029", "Return 'Task'",
        "public void M() => N(); private static async void N() { await Task.Yield(); return; }",
        "public void M() => N(); private static async Task N() { await Task.Yield(); return; }")]
    [TestCase("ORC029", "Return 'Task'",
        "public Action M() => () => { async void L() => await Task.Yield(); L(); };",
        "public Action M() => () => { async Task L() => await Task.Yield(); L(); };")]
    [TestCase("ORC016", "Return 'int' by value",
        """
        private int _x;
        [Tool] public ref readonly int M()
        {
            return ref _x;
        }
        """,
        """
        private int _x;
        [Tool] public int M()
        {
            return _x;
        }
        """)]
    [TestCase("ORC017", "Add a description",
        "[Tool(Strict = true)] public void M() { }",
        """[Tool(Description = "TODO: say what this does and when to use it.", Strict = true)] public void M() { }""")]
    [TestCase("ORC017", "Add a <summary>",
        "[Tool] public void M() { }",
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            [Tool] public void M() { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """
        /// <summary>
            /// </summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """,
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """
        /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """,
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """int X => 1; [Tool] public void M() { }""",
        """int X => 1; /** <summary>TODO: say what this does and when to use it.</summary> */ [Tool] public void M() { }""")]
    public Task Of_tools(string id, string title, string before, string after) =>
        VerifyAsync(id, title, InPlugin(before), InPlugin(after));

    [TestCase("ORC021", "Use [Tool]",
        """[StreamingTool(Name = "m", ContentType = "a/b", Strict = true)] public List<string> M() => [];""",
        """[Tool(Name = "m", Strict = true)] public List<string> M() => [];""")]
    [TestCase("ORC021", "Use [Tool]",
        """[Obsolete, Orchestra.Sdk.StreamingTool(ContentType = "a/b")] public void M() { }""",
        """[Obsolete, Tool()] public void M() { }""")]
    [TestCase("ORC021", "Return 'IAsyncEnumerable<string>'",
        """[StreamingTool] public IEnumerable<string> M() { yield return ""; }""",
        """[StreamingTool] public async IAsyncEnumerable<string> M() { yield return ""; }""")]
    [TestCase("ORC022", "Name the prompt 'review_code'",
        """[Prompt(Name = "review code")] public string M() => "";""",
        """[Prompt(Name = "review_code")] public string M() => "";""")]
    [TestCase("ORC023", "Name the prompt 'ask_2'",
        """
        [Tool(Name = "ask_2")] public void M() { }
        [Prompt] public string Ask() => "";
        [Prompt] public string Ask(int x) => "";
        """,
        """
        [Tool(Name = "ask_2")] public void M() { }
        [Prompt] public string Ask() => "";
        [Prompt(Name = "ask_2")] public string Ask(int x) => "";
        """)]
    [TestCase("ORC025", "Return 'string'",
        """[Prompt] public int M() => throw new Exception();""",
        """[Prompt] public string M() => throw new Exception();""")]
    [TestCase("ORC025", "Return 'Task<string>'",
        """[Prompt] public async void M() => throw new Exception();""",
        """[Prompt] public async Task<string> M() => throw new Exception();""")]
    [TestCase("ORC025", "Return 'ValueTask<string>'",
        """[Prompt] public async ValueTask M() => throw new Exception();""",
        """[Prompt] public async ValueTask<string> M() => throw new Exception();""")]
    [TestCase("ORC025", "Return 'string'",
        """[Prompt] public object M(bool x) { if (x) return "a"; return x ? 1 : 2; }""",
        """[Prompt] public string M(bool x) { if (x) return "a"; return $"{(x ? 1 : 2)}"; }""")]
    [TestCase("ORC025", "Return 'Task<string>'",
        """[Prompt] public async Task<bool?> M(bool? x, CancellationToken c) { await Task.Yield(); return x; }""",
        """[Prompt] public async Task<string> M(bool? x, CancellationToken c) { await Task.Yield(); return $"{x}"; }""")]
    [TestCase("ORC026", "Remove the filter 'a'",
        """[OnEvent("t", "x=y", "a", "b=c")] public void M() { }""",
        """[OnEvent("t", "x=y", "b=c")] public void M() { }""")]
    [TestCase("ORC026", "Remove the filter 'a=2'",
        """[OnEvent("s", "a=2"), OnEvent("t", "a=1", "a=2")] public void M() { }""",
        """[OnEvent("s", "a=2"), OnEvent("t", "a=1")] public void M() { }""")]
    [TestCase("ORC026", "Remove [OnEvent]",
        """[OnEvent("s"), OnEvent("")] public void M() { }""",
        """[OnEvent("s")] public void M() { }""")]
    [TestCase("ORC028", "Return 'void'",
        """[OnEvent("t")] public int M() => 1;""",
        """[OnEvent("t")] public void M() => _ = 1;""")]
    [TestCase("ORC028", "Return 'void'",
        """
        [OnEvent("t")] public int M(EventContext context)
        {
            if (context.Topic == "") return 1;
            int Local() { return 1; }
            return new Func<int>(() => Local())();
        }
        """,
        """
        [OnEvent("t")] public void M(EventContext context)
        {
            if (context.Topic == "") { _ = 1; return; }
            int Local() { return 1; }
            { _ = new Func<int>(() => Local())(); return; }
        }
        """)]
    [TestCase("ORC028", "Return 'void'",
        """[OnEvent("t")] public int[]? M(bool x) { if (x) return [1]; return null; }""",
        """[OnEvent("t")] public void M(bool x) { if (x) { _ = (int[])([1]); return; } { _ = (int[]?)(null); return; } }""")]
    [TestCase("ORC028", "Return 'ValueTask'",
        """[OnEvent("t")] public ValueTask<int> M(bool x) { if (x) return new(1); return x ? default : ValueTask.FromResult(1); }""",
        """[OnEvent("t")] public async ValueTask M(bool x) { if (x) { _ = await (ValueTask<int>)(new(1)); return; } { _ = await (x ? default : ValueTask.FromResult(1)); return; } }""")]
    [TestCase("ORC028", "Return 'ValueTask'",
        """[OnEvent("t")] public ValueTask<int> M() => throw new Exception();""",
        """[OnEvent("t")] public async ValueTask M() => throw new Exception();""")]
    [TestCase("ORC028", "Return 'Task'",
        """[OnEvent("t")] public Task<int> M() => Task.FromResult(1);""",
        """[OnEvent("t")] public Task M() => Task.FromResult(1);""")]
    [TestCase("ORC028", "Return 'ValueTask'",
        """[OnEvent("t")] public async ValueTask<int> M() => await Task.FromResult(1);""",
        """[OnEvent("t")] public async ValueTask M() => _ = await Task.FromResult(1);""")]
    public Task Of_streams_prompts_and_events(string id, string title, string before, string after) =>
        VerifyAsync(id, title, InPlugin(before), InPlugin(after));

    [TestCase("ORC024", "Take 'string'", "List<int> x", "string x")]
    [TestCase("ORC024", "Take 'string'", "params string[] x", "string x")]
    [TestCase("ORC024", "Take 'string?'", "(int, int)? x = null", "string? x = null")]
    [TestCase("ORC024", "Take 'string?'", "AttributeTargets x = AttributeTargets.All", "string? x = null")]
    public Task Of_parameters_of_prompts(string id, string title, string before, string after) => VerifyAsync(
        id, title, InPlugin($"[Prompt] public string M({before}) => \"\";"), InPlugin($"[Prompt] public string M({after}) => \"\";"));

    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct'", "string x", "Google.Protobuf.WellKnownTypes.Struct x")]
    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct?'", "int? x = null", "Google.Protobuf.WellKnownTypes.Struct? x = null")]
    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct?'", "int x = 1", "Google.Protobuf.WellKnownTypes.Struct? x = null")]
    [TestCase("ORC027", "Remove the parameter 'y'", "Dictionary<string, int> x, int y, EventContext z", "Dictionary<string, int> x, EventContext z")]
    public Task Of_parameters_of_event_handlers(string id, string title, string before, string after) => VerifyAsync(
        id, title, InPlugin($"[OnEvent(\"t\")] public void M({before}) {{ }}"), InPlugin($"[OnEvent(\"t\")] public void M({after}) {{ }}"));

    [TestCase("", "CancellationToken cancellationToken = default")]
    [TestCase("int x", "int x, CancellationToken cancellationToken = default")]
    [TestCase("int x = 1", "int x = 1, CancellationToken cancellationToken = default")]
    [TestCase("params int[] x", "CancellationToken cancellationToken = default, params int[] x")]
    [TestCase("int x = 1, params int[] y", "int x = 1, CancellationToken cancellationToken = default, params int[] y")]
    [TestCase("int cancellationToken", "int cancellationToken, CancellationToken cancellationToken2 = default")]
    [TestCase("\n    int x,\n    int y", "\n    int x,\n    int y,\n    CancellationToken cancellationToken = default")]
    public Task Of_a_missing_token(string before, string after) => VerifyAsync(
        "ORC018", "Add a CancellationToken", InPlugin($"[Tool] public Task M({before}) => null!;"), InPlugin($"[Tool] public Task M({after}) => null!;"));

    [TestCase(
        """
        /// <summary>Waits.</summary>
            /// <param name="x">How long.</param>
            [Tool] public ValueTask<int> M(int x) => default;
        """,
        """
        /// <summary>Waits.</summary>
            /// <param name="x">How long.</param>
            /// <param name="cancellationToken">Canceled when nobody waits any more.</param>
            [Tool] public ValueTask<int> M(int x, CancellationToken cancellationToken = default) => default;
        """)]
    [TestCase(
        """/** <summary>Waits.</summary> <param name="x">How long.</param> */ [Tool] public ValueTask M(int x) => default;""",
        """
        /** <summary>Waits.</summary> <param name="x">How long.</param> <param name="cancellationToken">Canceled when nobody waits any more.</param> */ [Tool] public ValueTask M(int x, CancellationToken cancellationToken = default) => default;
        """)]
    public Task Of_a_missing_token_of_a_documented_tool(string before, string after) =>
        VerifyAsync("ORC018", "Add a CancellationToken", InPlugin(before), InPlugin(after));

    [Test]
    public Task Of_a_missing_token_of_an_async_iterator() => VerifyAsync(
        "ORC018",
        "Add a CancellationToken",
        InPlugin("[StreamingTool] public async IAsyncEnumerable<int> M(int x) { await Task.Yield(); yield return x; }"),
        InPlugin("""
            [StreamingTool] public async IAsyncEnumerable<int> M(int x, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default) { await Task.Yield(); yield return x; }
            """));

    [TestCase("ORC009", "Take 'IReadOnlyList<string>'", "System.Linq.IOrderedEnumerable<string> x", "IReadOnlyList<string> x")]
    [TestCase("ORC009", "Take 'IReadOnlyList<int>?'", "IAsyncEnumerable<int>? x = null", "IReadOnlyList<int>? x = null")]
    [TestCase("ORC009", "Take 'IReadOnlyList<string>'", "System.Collections.ArrayList x", "IReadOnlyList<string> x")]
    [TestCase("ORC009", "Take 'IReadOnlyList<string>'", "System.Collections.Concurrent.ConcurrentQueue<System.IO.Stream> x", "IReadOnlyList<string> x")]
    [TestCase("ORC009", "Take 'IReadOnlyList<DayOfWeek>'", "System.Collections.ObjectModel.ReadOnlyObservableCollection<DayOfWeek> x", "IReadOnlyList<DayOfWeek> x")]
    [TestCase("ORC009", "Take 'int[]'", "params ReadOnlySpan<int> x", "params int[] x")]
    [TestCase("ORC009", "Take 'string'", "ReadOnlySpan<char> x", "string x")]
    [TestCase("ORC009", "Take 'char[]'", "Span<char> x", "char[] x")]
    [TestCase("ORC009", "Take 'string'", "System.IO.FileStream x", "string x")]
    [TestCase("ORC009", "Take 'string?'", "System.IO.FileInfo? x = null", "string? x = null")]
    [TestCase("ORC009", "Take 'string[]'", "Type[] x", "string[] x")]
    [TestCase("ORC009", "Take 'long'", "nint x", "long x")]
    [TestCase("ORC009", "Take 'ulong?'", "UIntPtr? x = null", "ulong? x = null")]
    [TestCase("ORC009", "Take 'CancellationToken'", "CancellationToken? x = null", "CancellationToken x = default")]
    [TestCase("ORC019", "Take 'string'", "object x", "string x")]
    [TestCase("ORC019", "Take 'string?'", "System.Text.Json.JsonElement? x = null", "string? x = null")]
    [TestCase("ORC019", "Take 'IReadOnlyList<string>'", "List<object> x", "IReadOnlyList<string> x")]
    [TestCase("ORC019", "Take 'IReadOnlyDictionary<string, string>'", "Dictionary<string, object> x", "IReadOnlyDictionary<string, string> x")]
    [TestCase("ORC010", "Remove 'in'", "in int x", "int x")]
    [TestCase("ORC010", "Remove 'ref'", "ref int x", "int x")]
    [TestCase("ORC010", "Remove 'ref readonly'", "ref readonly int x", "int x")]
    [TestCase("ORC011", "Name the argument 'groesse'", "int größe", """[Argument(Name = "groesse")] int größe""")]
    [TestCase("ORC011", "Name the argument 'a_b'", """[Argument(Name = "a b", Description = "d")] int x""", """[Argument(Name = "a_b", Description = "d")] int x""")]
    [TestCase("ORC011", "Name the argument 'strasse_2'", "int strasse, int straße", """int strasse, [Argument(Name = "strasse_2")] int straße""")]
    [TestCase("ORC012", "Name the argument 'y'", """int x, [Argument(Name = "X")] int y""", """int x, [Argument(Name = "y")] int y""")]
    [TestCase("ORC012", "Name the argument 'X_2'", "int x, int X", """int x, [Argument(Name = "X_2")] int X""")]
    [TestCase("ORC013", "Remove [Range]", "[Range(1, 2)] bool x", "bool x")]
    [TestCase("ORC013", "Remove [Range]", "[Range(1, 2), Required] bool x", "[Required] bool x")]
    [TestCase("ORC013", "Use [Length(1, 2)]", "[Range(1, 2)] string x", "[Length(1, 2)] string x")]
    [TestCase("ORC013", "Use [Length(1, 2)]", "[StringLength(2, MinimumLength = 1)] string[] x", "[Length(1, 2)] string[] x")]
    [TestCase("ORC013", "Use [MaxLength(2)]", "[StringLength(2)] string[] x", "[MaxLength(2)] string[] x")]
    [TestCase("ORC014", "Swap the bounds", "[Range(2, 1)] int x", "[Range(1, 2)] int x")]
    [TestCase("ORC014", "Swap the bounds", "[Range(typeof(decimal), \"2.5\", \"1\")] decimal x", "[Range(typeof(decimal), \"1\", \"2.5\")] decimal x")]
    [TestCase("ORC014", "Swap the bounds", "[Length(3, 2)] string x", "[Length(2, 3)] string x")]
    [TestCase("ORC014", "Swap the bounds", "[StringLength(2, MinimumLength = 3)] string x", "[StringLength(3, MinimumLength = 2)] string x")]
    [TestCase("ORC014", "Remove [AllowedValues]", "[AllowedValues] string x", "string x")]
    [TestCase("ORC032", "Use (?:…) for (?>…)", "[RegularExpression(@\"(?>a\\d+)\")] string x", "[RegularExpression(@\"(?:a\\d+)\")] string x")]
    [TestCase("ORC015", "Change the default to 1", "[Range(1, 10)] int x = 0", "[Range(1, 10)] int x = 1")]
    [TestCase("ORC015", "Change the default to 9", "[Range(1, 10, MaximumIsExclusive = true)] int x = 11", "[Range(1, 10, MaximumIsExclusive = true)] int x = 9")]
    [TestCase("ORC015", "Change the default to 0.5f", "[Range(0, 0.5)] float x = 1", "[Range(0, 0.5)] float x = 0.5f")]
    [TestCase("ORC015", "Change the default to 9.99m", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal? x = 10m", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal? x = 9.99m")]
    [TestCase("ORC015", "Extend the range to 0", "[Range(1, 10)] int x = 0", "[Range(0, 10)] int x = 0")]
    [TestCase("ORC015", "Extend the range to 10.5", "[Range(1, 10)] double x = 10.5", "[Range(1, 10.5)] double x = 10.5")]
    [TestCase("ORC015", "Extend the range to 10", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal x = 10", "[Range(typeof(decimal), \"0.01\", \"10\")] decimal x = 10")]
    [TestCase("ORC015", "Allow the length 3", "[MaxLength(2)] string x = \"abc\"", "[MaxLength(3)] string x = \"abc\"")]
    [TestCase("ORC015", "Allow the length 0", "[StringLength(2, MinimumLength = 1)] string x = \"\"", "[StringLength(2, MinimumLength = 0)] string x = \"\"")]
    [TestCase("ORC015", "Change the default to \"a\"", "[AllowedValues(\"a\")] string x = \"b\"", "[AllowedValues(\"a\")] string x = \"a\"")]
    [TestCase("ORC015", "Change the default to 2", "[AllowedValues(2, 3)] byte x = 1", "[AllowedValues(2, 3)] byte x = 2")]
    public Task Of_parameters(string id, string title, string before, string after) =>
        VerifyAsync(id, title, InPlugin($"[Tool] public void M({before}) {{ }}"), InPlugin($"[Tool] public void M({after}) {{ }}"));

    [TestCase("ORC001", "Make 'Outer' partial",
        """
        class Outer { [Plugin("p")] class P; }
        [Plugin("q")] class Q;
        """,
        """
        partial class Outer { [Plugin("p")] partial class P; }
        [Plugin("q")] partial class Q;
        """)]
    [TestCase("ORC004", "Make 'C' a plugin",
        """
        class C { [Tool(Description = "d")] public void M() { } [Tool(Description = "d")] public void N() { } }
        class D { [Tool(Description = "d")] public void M() { } }
        """,
        """
        [Plugin("c")]
        partial class C { [Tool(Description = "d")] public void M() { } [Tool(Description = "d")] public void N() { } }
        [Plugin("d")]
        partial class D { [Tool(Description = "d")] public void M() { } }
        """)]
    [TestCase("ORC005", "Name the tool 'm_2'",
        """
        [Plugin("p")] partial class P
        {
            [Tool] public void M() { }
            [Tool] public void M(int x) { }
            [Tool] public void M(long x) { }
        }
        """,
        """
        [Plugin("p")] partial class P
        {
            [Tool] public void M() { }
            [Tool(Name = "m_2")] public void M(int x) { }
            [Tool(Name = "m_3")] public void M(long x) { }
        }
        """)]
    [TestCase("ORC011", "Name the argument 'ae'",
        """[Plugin("p")] partial class P { [Tool] public void M(int ä, int æ, int b) { } }""",
        """[Plugin("p")] partial class P { [Tool] public void M([Argument(Name = "ae")] int ä, [Argument(Name = "ae_2")] int æ, int b) { } }""")]
    [TestCase("ORC017", "Add a description",
        """[Plugin("p")] partial class P { [Tool] public void M() { } [Tool] public void N() { } }""",
        """
        [Plugin("p")] partial class P { [Tool(Description = "TODO: say what this does and when to use it.")] public void M() { } [Tool(Description = "TODO: say what this does and when to use it.")] public void N() { } }
        """)]
    [TestCase("ORC018", "Add a CancellationToken",
        """[Plugin("p")] partial class P { [Tool] public Task M() => null!; [Tool] public Task N(int x) => null!; }""",
        """
        [Plugin("p")] partial class P { [Tool] public Task M(CancellationToken cancellationToken = default) => null!; [Tool] public Task N(int x, CancellationToken cancellationToken = default) => null!; }
        """)]
    public async Task Of_all_at_once(string id, string title, string before, string after)
    {
        var result = await CodeFixHarness.FixAllAsync(CodeFixHarness.Document(before), id, title);
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(after));
        await CodeFixHarness.VerifyIsCleanAsync(result, id);
    }

    [TestCase("ORC002", """[Plugin("p")] public partial class P<T>;""")]
    [TestCase("ORC002", """[Plugin("p")] public static partial class P { static int M(this int x) => x; }""")]
    [TestCase("ORC002", """[Plugin("p")] public abstract partial class P { public abstract void M(); }""")]
    [TestCase("ORC003", """[Plugin(P.Id)] public partial class P { const string Id = ""; }""")]
    [TestCase("ORC009", """[Plugin("p")] public partial class P { [Tool] public void M(Action x) { } }""")]
    [TestCase("ORC009", """[Plugin("p")] public partial class P { [Tool] public void M(IAsyncEnumerable<Action> x) { } }""")]
    [TestCase("ORC010", """[Plugin("p")] public partial class P { [Tool] public void M(out int x) => x = 1; }""")]
    [TestCase("ORC015", """[Plugin("p")] public partial class P { [Tool] public void M([Range(0, 1, MinimumIsExclusive = true)] double x = 0) { } }""")]
    [TestCase("ORC016", """[Plugin("p")] public partial class P { [Tool] public Action M() => null!; }""")]
    [TestCase("ORC019", """[Plugin("p")] public partial class P { [Tool] public void M((int, string) x) { } }""")]
    [TestCase("ORC021", """[Plugin("p")] public partial class P { [StreamingTool] public IAsyncEnumerable<Action> M() => null!; }""")]
    [TestCase("ORC025", """[Plugin("p")] public partial class P { [Prompt] public IEnumerable<int> M() { yield return 1; } }""")]
    [TestCase("ORC026", """[Plugin("p")] public partial class P { [OnEvent("t", filters: ["a"])] public void M() { } }""")]
    [TestCase("ORC028", """[Plugin("p")] public partial class P { [OnEvent("t")] public IEnumerable<int> M() { yield return 1; } }""")]
    [TestCase("ORC029", """[Plugin("p")] public partial class P { void M() { new Timer(async _ => await Task.Yield()).Dispose(); } }""")]
    [TestCase("ORC029", """[Plugin("p")] public partial class P { partial void M(); async partial void M() => await Task.Yield(); }""")]
    [TestCase("ORC029", """[Plugin("p")] public partial class P : IDisposable { public async void Dispose() => await Task.Yield(); }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);

    [Test]
    public async Task Half_typed_code_never_makes_a_fix_fail()
    {
        const string Source = """
            class Outer
            {
                [Plugin("../p")] static class P
                {
                    [Tool(Name = "a b")] public static async void Größe<T>(this in int größe, [Range(2, 1), StringLength(2)] Stream? x = null) { }
                    [Tool(Description = null)] ref int N([Range(1, 10, MaximumIsExclusive = true)] int x = 99, [AllowedValues("a")] string y = "b");
                    /** <param name="x">x */ [StreamingTool] async IAsyncEnumerable<int> S([Argument(Name = "y")] int x, int Y) { yield return 1; }
                }
            }
            class C { [Tool, Obsolete] public void M() { } }
            [Plugin("q")] partial class Q
            {
                [StreamingTool(ContentType = "a")] IEnumerable<int> S() { yield return 1; }
                [Prompt(Name = "a b")] async Task M(params int[] x) => 1;
                async void A() { async void L() => await Task.Yield(); Action f = async () => await Task.Yield(); }
                [OnEvent("t", "a", "b=c"), OnEvent("")] int E(int x, string y = "") { if (x > 1) return 2; return ; }
            }
            """;
        var offered = 0;
        foreach (var token in CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens())
        {
            var document = CodeFixHarness.Document(Source[..token.Span.End]);
            foreach (var id in (await CodeFixHarness.AnalyzeAsync(document)).Select(diagnostic => diagnostic.Id).Distinct())
            {
                foreach (var offer in await CodeFixHarness.OffersAsync(document, id))
                {
                    await offer.GetOperationsAsync(CancellationToken.None);
                    offered++;
                }
            }
        }

        Assert.That(offered, Is.GreaterThan(500));
    }

    [Test]
    public async Task Keeps_the_line_breaks_of_the_document()
    {
        var before = "[Plugin(\"p\")]\r\npartial class P\r\n{\r\n    [Tool]\r\n    void M() { }\r\n}\r\n";
        var result = await CodeFixHarness.FixAsync(CodeFixHarness.Document(before), "ORC017", "Add a <summary>");
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(before.Replace(
            "    [Tool]", "    /// <summary>TODO: say what this does and when to use it.</summary>\r\n    [Tool]", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Writes_full_names_where_there_is_no_using()
    {
        var document = CodeFixHarness.Document("""
            [Orchestra.Sdk.Plugin("p")] partial class P { [Orchestra.Sdk.Tool] public System.Threading.Tasks.Task M(int ä) => null!; }
            """, usings: "");
        document = await CodeFixHarness.FixAsync(document, "ORC018", "Add a CancellationToken");
        document = await CodeFixHarness.FixAsync(document, "ORC011", "Name the argument 'ae'");
        Assert.That((await document.GetTextAsync()).ToString(), Is.EqualTo("""
            [Orchestra.Sdk.Plugin("p")] partial class P { [Orchestra.Sdk.Tool] public System.Threading.Tasks.Task M([Orchestra.Sdk.Argument(Name = "ae")] int ä, System.Threading.CancellationToken cancellationToken = default) => null!; }
            """));
        await CodeFixHarness.VerifyIsCleanAsync(document, "ORC011");
    }

    private static string InPlugin(string members) => $$"""
        [Plugin("p")]
        public partial class P
        {
            {{members}}
        }
        """;

    private static async Task VerifyAsync(string id, string title, string before, string after)
    {
        var result = await CodeFixHarness.FixAsync(CodeFixHarness.Document(before), id, title);
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(after));
        await CodeFixHarness.VerifyIsCleanAsync(result, id);
    }
}
