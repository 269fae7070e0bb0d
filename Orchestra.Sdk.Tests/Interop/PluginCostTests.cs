using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What the published Greeter costs, in what does not depend on the machine. What grows here is seen by users.</summary>
[Category("Process")]
[NonParallelizable]
internal sealed class PluginCostTests
{
    private const int WarmUp = 200;
    private const int Calls = 500;

    private readonly KeptCosts _kept = new();
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeFolder()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Assert.Ignore("The costs that are kept are those for linux-x64.");
        }

        _folder = new TemporaryFolder();
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    public async Task Makes_no_more_threads_and_system_calls_than_it_did()
    {
        string trace = _folder.File("trace");
        await using CountedGreeter greeter = await CountedGreeter.StartAsync(_folder.Path, "strace", "-f", "-qq", "-o", trace);
        await greeter.ConnectAsync();
        await greeter.CallAsync(WarmUp);
        SystemCalls before = await SystemCalls.OfAsync(trace);
        await greeter.CallAsync(Calls);
        SystemCalls alone = (await SystemCalls.OfAsync(trace)).Since(before);
        await greeter.CallAsync(WarmUp, callers: 16);
        before = await SystemCalls.OfAsync(trace);
        await greeter.CallAsync(4 * Calls, callers: 16);
        SystemCalls together = (await SystemCalls.OfAsync(trace)).Since(before);
        await greeter.EndAsync();
        SystemCalls start = await SystemCalls.BeforeReadyAsync(trace);

        using (Assert.EnterMultipleScope())
        {
            _kept.Check("threads at READY", 1 + start.Threads);
            _kept.Check("system calls up to READY", start.OnSocket + start.Others, start.Text(1));
            _kept.Check("system calls on the socket for a call, one caller", alone.OnSocket / (double)Calls, alone.Text(Calls));
            _kept.Check("other system calls for a call, one caller", alone.Others / (double)Calls, alone.Text(Calls));
            _kept.Check("system calls on the socket for a call, 16 callers", together.OnSocket / (4.0 * Calls), together.Text(4 * Calls));
            _kept.Check("other system calls for a call, 16 callers", together.Others / (4.0 * Calls), together.Text(4 * Calls));
        }
    }

    [Test]
    public async Task Takes_no_more_instructions_than_it_did()
    {
        long start = await LeastInstructionsAsync(static _ => Task.CompletedTask);
        long connection = await LeastInstructionsAsync(static greeter => greeter.ConnectAsync());
        double list = await InstructionsOfEachAsync(static (greeter, count) => greeter.ListToolsAsync(count));
        double call = await InstructionsOfEachAsync(static (greeter, count) => greeter.CallAsync(count));

        using (Assert.EnterMultipleScope())
        {
            _kept.Check("instructions of a start and an end", start);
            _kept.Check("instructions of a connection", connection - start);
            _kept.Check("instructions of list_tools, which the receiving thread answers", list);
            _kept.Check("instructions of a call, which the thread pool answers", call);
        }
    }

    /// <summary>What one more takes: how the process starts, and what the first ones take, does not count.</summary>
    private async Task<double> InstructionsOfEachAsync(Func<CountedGreeter, int, Task> load)
    {
        long few = await LeastInstructionsAsync(greeter => ConnectAndLoadAsync(greeter, WarmUp));
        long many = await LeastInstructionsAsync(greeter => ConnectAndLoadAsync(greeter, WarmUp + Calls));
        return (many - few) / (double)Calls;

        async Task ConnectAndLoadAsync(CountedGreeter greeter, int count)
        {
            await greeter.ConnectAsync();
            await load(greeter, count);
        }
    }

    /// <summary>The least of two runs: what threads do that wait for each other comes on top of it.</summary>
    private async Task<long> LeastInstructionsAsync(Func<CountedGreeter, Task> load) =>
        Math.Min(await InstructionsAsync(load), await InstructionsAsync(load));

    private async Task<long> InstructionsAsync(Func<CountedGreeter, Task> load)
    {
        string profile = _folder.File("profile");
        await using CountedGreeter greeter = await CountedGreeter.StartAsync(
            _folder.Path, "valgrind", "--quiet", "--tool=callgrind", $"--callgrind-out-file={profile}");
        await load(greeter);
        await greeter.EndAsync();
        string totals = File.ReadLines(profile).Last(static line => line.StartsWith("totals: ", StringComparison.Ordinal));
        return long.Parse(totals["totals: ".Length..], CultureInfo.InvariantCulture);
    }
}
