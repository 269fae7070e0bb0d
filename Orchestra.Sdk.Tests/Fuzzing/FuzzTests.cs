namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>
/// A minute of fuzzing, all surfaces together; more by hand, see CONTRIBUTING.md. A seed that was printed is tried again by
/// <c>ORCHESTRA_FUZZ_SEED=seed dotnet test</c>.
/// </summary>
internal sealed class FuzzTests
{
    private const int ExecutionsToCompare = 400;

    private static IEnumerable<string> Names => FuzzSurfaces.Names;

    private static IEnumerable<TestCaseData> CorpusCases => FuzzSurfaces.Names.SelectMany(static surface =>
        CorpusFiles.Of(surface).Select(file => new TestCaseData(surface, file).SetArgDisplayNames(surface, Path.GetFileNameWithoutExtension(file))));

    [TestCase("datagrams", 4000)]
    [TestCase("frames", 60_000)]
    [TestCase("tls", 5000)]
    [TestCase("parameters", 100_000)]
    [TestCase("requests", 40_000)]
    [TestCase("arguments", 60_000)]
    [TestCase("certificates", 12_000)]
    public void Finds_nothing(string name, int executions)
    {
        TestContext.Out.WriteLine($"seed {FuzzSeed.Value}");
        using FuzzSurface surface = FuzzSurfaces.Create(name);
        using var fuzzer = new Fuzzer(surface, FuzzSeed.Value);
        while (fuzzer.Executions < executions)
        {
            if (fuzzer.Step() is { } finding)
            {
                Assert.Fail($"seed {FuzzSeed.Value}, execution {fuzzer.Executions}: {Shrinker.Shrink(fuzzer, surface, finding).Keep()}");
            }
        }

        TestContext.Out.WriteLine($"{fuzzer.Outcomes} outcomes");
        Assert.That(fuzzer.Outcomes, Is.GreaterThan(20), "inputs of which always the same comes tell nothing");
    }

    [TestCaseSource(nameof(CorpusCases))]
    public void Takes_what_once_was_a_finding(string surface, string file)
    {
        using FuzzSurface tried = FuzzSurfaces.Create(surface);
        using var fuzzer = new Fuzzer(tried, seed: 0);
        Assert.That(fuzzer.Try(CorpusFiles.Read(file), out _)?.Fault, Is.Null);
    }

    [TestCaseSource(nameof(Names))]
    public void The_same_seed_gives_the_same_executions(string name)
    {
        List<string> first = Inputs(name);
        Assert.That(Inputs(name), Is.EqualTo(first));
    }

    [Test]
    public void Every_surface_is_tried() => Assert.That(
        typeof(FuzzTests).GetMethod(nameof(Finds_nothing))!.GetCustomAttributes(typeof(TestCaseAttribute), inherit: false)
            .Select(static attribute => ((TestCaseAttribute)attribute).Arguments[0]),
        Is.EquivalentTo(FuzzSurfaces.Names));

    private static List<string> Inputs(string name)
    {
        using FuzzSurface surface = FuzzSurfaces.Create(name);
        using var fuzzer = new Fuzzer(surface, seed: 7);
        var inputs = new List<string>();
        while (inputs.Count < ExecutionsToCompare)
        {
            Assert.That(fuzzer.Step()?.Fault, Is.Null);
            inputs.Add(Convert.ToHexString(fuzzer.Current));
        }

        return inputs;
    }
}
