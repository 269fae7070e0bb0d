namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC008 and ORC029: a task instead of nothing.</summary>
public sealed class AsyncVoidFixTests
{
    [TestCase("ORC008", "Return 'Task'",
        "[Tool] public async void M() => await Task.Yield();",
        "[Tool] public async Task M() => await Task.Yield();")]
    [TestCase("ORC029", "Return 'Task'",
        "public void M() => N(); private static async void N() { await Task.Yield(); return; }",
        "public void M() => N(); private static async Task N() { await Task.Yield(); return; }")]
    [TestCase("ORC029", "Return 'Task'",
        "public Action M() => () => { async void L() => await Task.Yield(); L(); };",
        "public Action M() => () => { async Task L() => await Task.Yield(); L(); };")]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);

    [TestCase("ORC029", """[Plugin("p")] public partial class P { void M() { new Timer(async _ => await Task.Yield()).Dispose(); } }""")]
    [TestCase("ORC029", """[Plugin("p")] public partial class P { partial void M(); async partial void M() => await Task.Yield(); }""")]
    [TestCase("ORC029", """[Plugin("p")] public partial class P : IDisposable { public async void Dispose() => await Task.Yield(); }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
