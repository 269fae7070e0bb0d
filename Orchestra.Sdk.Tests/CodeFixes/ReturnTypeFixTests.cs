namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC016, ORC025 and ORC028: what tools, prompts and event handlers may return.</summary>
public sealed class ReturnTypeFixTests
{
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
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);

    [TestCase("ORC016", """[Plugin("p")] public partial class P { [Tool] public Action M() => null!; }""")]
    [TestCase("ORC025", """[Plugin("p")] public partial class P { [Prompt] public IEnumerable<int> M() { yield return 1; } }""")]
    [TestCase("ORC028", """[Plugin("p")] public partial class P { [OnEvent("t")] public IEnumerable<int> M() { yield return 1; } }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
