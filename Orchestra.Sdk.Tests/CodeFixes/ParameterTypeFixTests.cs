namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC009, ORC019, ORC024 and ORC027: types that every model can send.</summary>
public sealed class ParameterTypeFixTests
{
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
    public Task Of_a_parameter(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Tool] public void M({before}) {{ }}", $"[Tool] public void M({after}) {{ }}");

    [TestCase("ORC024", "Take 'string'", "List<int> x", "string x")]
    [TestCase("ORC024", "Take 'string'", "params string[] x", "string x")]
    [TestCase("ORC024", "Take 'string?'", "(int, int)? x = null", "string? x = null")]
    [TestCase("ORC024", "Take 'string?'", "AttributeTargets x = AttributeTargets.All", "string? x = null")]
    public Task Of_a_parameter_of_a_prompt(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Prompt] public string M({before}) => \"\";", $"[Prompt] public string M({after}) => \"\";");

    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct'", "string x", "Google.Protobuf.WellKnownTypes.Struct x")]
    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct?'", "int? x = null", "Google.Protobuf.WellKnownTypes.Struct? x = null")]
    [TestCase("ORC027", "Take 'Google.Protobuf.WellKnownTypes.Struct?'", "int x = 1", "Google.Protobuf.WellKnownTypes.Struct? x = null")]
    [TestCase("ORC027", "Remove the parameter 'y'", "Dictionary<string, int> x, int y, EventContext z", "Dictionary<string, int> x, EventContext z")]
    public Task Of_a_parameter_of_an_event_handler(string id, string title, string before, string after) => CodeFixHarness.VerifyInPluginAsync(
        id, title, $"[OnEvent(\"t\")] public void M({before}) {{ }}", $"[OnEvent(\"t\")] public void M({after}) {{ }}");

    [TestCase("ORC009", """[Plugin("p")] public partial class P { [Tool] public void M(Action x) { } }""")]
    [TestCase("ORC009", """[Plugin("p")] public partial class P { [Tool] public void M(IAsyncEnumerable<Action> x) { } }""")]
    [TestCase("ORC019", """[Plugin("p")] public partial class P { [Tool] public void M((int, string) x) { } }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
