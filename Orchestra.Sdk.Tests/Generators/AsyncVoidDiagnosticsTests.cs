namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Methods, local functions and lambdas whose failure would end the process.</summary>
public sealed class AsyncVoidDiagnosticsTests
{
    [TestCase("AsyncVoid", "ORC008: 'M' is async void: return Task, so that its end and its failure can be seen", """
        [Tool(Description = "d")] public async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Async_void_handler", "ORC008: 'M' is async void: return Task, so that its end and its failure can be seen", """
        [OnEvent("t")] public async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Async_void_helper", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Async_void_local_function", "ORC029: 'L' is async void: what it throws ends a native process, so return Task or catch it there", """
        [Tool(Description = "d")] public void M() { L(); async void [|L|]() { await Task.Yield(); } }
        """)]
    [TestCase("Async_void_lambda", "ORC029: The lambda is async void: what it throws ends a native process, so return Task or catch it there", """
        private readonly Timer _timer = new([|async|] _ => await Task.Yield());
        """)]
    [TestCase("Async_void_that_throws_again", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { try { await Task.Yield(); } catch (Exception) { throw; } }
        """)]
    [TestCase("Async_void_that_catches_little", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { try { await Task.Yield(); } catch (ArgumentException) { } }
        """)]
    [TestCase("Async_void_that_catches_late", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { await Task.Yield(); try { } catch { } }
        """)]
    public Task Of_what_is_async_void(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);

    [TestCase("public async Task M() => await Task.Yield();")]
    [TestCase("public void M() { }")]
    [TestCase("public Task M() => Task.Run(async () => await Task.Yield());")]
    [TestCase("public async void M() { try { await Task.Yield(); } catch (Exception e) { Console.Error.WriteLine(e); } }")]
    [TestCase("private readonly Timer _timer = new(async _ => { try { await Task.Yield(); } catch { } });")]
    [TestCase("private class Helper { public async void M() => await Task.Yield(); }")]
    public async Task None_of_what_is_not_async_void_or_catches_all(string member) =>
        Assert.That(await GeneratorHarness.AnalyzeAsync(GeneratorHarness.InPlugin(member)), Is.Empty);
}
