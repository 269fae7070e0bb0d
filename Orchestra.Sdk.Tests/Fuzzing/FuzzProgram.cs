using System.Diagnostics;
using System.Globalization;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>
/// Fuzzing by hand: the test assembly as a program, <c>fuzz SURFACE|all [--minutes N] [--seed N] [--replay FILE]</c>. It goes on after a finding,
/// of which each kind is told, and kept, once.
/// </summary>
internal static class FuzzProgram
{
    public const string Command = "fuzz";

    private const double DefaultMinutes = 1;
    private const int ReportSeconds = 60;

    // Of processor time, as others may use the machine.
    private static readonly TimeSpan SlowExecution = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HungExecution = TimeSpan.FromMinutes(1);

    public static int Run(string[] args)
    {
        if (args is not [var name, .. var options] || (name != "all" && !FuzzSurfaces.Names.Contains(name)) || options.Length % 2 != 0)
        {
            Console.Error.WriteLine(
                $"Usage: {Command} SURFACE [--minutes N] [--seed N] [--replay FILE]\nSurfaces: all, {string.Join(", ", FuzzSurfaces.Names)}");
            return 2;
        }

        Dictionary<string, string> given = options.Chunk(2).ToDictionary(static pair => pair[0], static pair => pair[1]);
        int seed = given.TryGetValue("--seed", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : FuzzSeed.Value;
        double minutes = given.TryGetValue("--minutes", out text) ? double.Parse(text, CultureInfo.InvariantCulture) : DefaultMinutes;
        if (given.TryGetValue("--replay", out string? file))
        {
            return Replay(name, CorpusFiles.Read(file));
        }

        int findings = 0;
        foreach (string surface in name == "all" ? FuzzSurfaces.Names : [name])
        {
            findings += Run(surface, seed, TimeSpan.FromMinutes(minutes));
        }

        return findings == 0 ? 0 : 1;
    }

    private static int Replay(string name, byte[] input)
    {
        using FuzzSurface surface = FuzzSurfaces.Create(name);
        using var fuzzer = new Fuzzer(surface, seed: 0);

        // The first time pays for what is made once.
        fuzzer.Try(input, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FuzzFinding? finding = fuzzer.Try(input, out string outcome);
        Console.WriteLine($"{GC.GetAllocatedBytesForCurrentThread() - before} bytes were allocated");
        Console.WriteLine(finding is null ? $"nothing is wrong: {outcome}" : $"{finding.Fault}\n{outcome}");
        return finding is null ? 0 : 1;
    }

    private static int Run(string name, int seed, TimeSpan duration)
    {
        Console.WriteLine($"{name}: seed {seed}");
        using FuzzSurface surface = FuzzSurfaces.Create(name);
        using var fuzzer = new Fuzzer(surface, seed);
        var kinds = new HashSet<string>();
        var total = Stopwatch.StartNew();
        using var watch = new Timer(
            _ =>
            {
                if (Stopwatch.GetElapsedTime(fuzzer.Started) > HungExecution)
                {
                    Console.WriteLine(new FuzzFinding(name, fuzzer.Current, "it goes on and on").Keep());
                    Environment.Exit(1);
                }
            },
            null,
            HungExecution,
            TimeSpan.FromSeconds(5));
        double nextReport = ReportSeconds;
        TimeSpan slowest = TimeSpan.Zero;
        while (total.Elapsed < duration)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            FuzzFinding? finding = fuzzer.Step();
            TimeSpan spent = Environment.CpuUsage.TotalTime - before;
            slowest = spent > slowest ? spent : slowest;
            finding ??= spent > SlowExecution && fuzzer.Executions > 1000
                ? new FuzzFinding(name, fuzzer.Current, $"it takes {spent.TotalMilliseconds:F0} ms")
                : null;
            if (finding is not null && kinds.Add(finding.Kind))
            {
                Console.WriteLine($"after {fuzzer.Executions} executions: {Shrinker.Shrink(fuzzer, surface, finding).Keep()}");
            }

            if (total.Elapsed.TotalSeconds > nextReport)
            {
                nextReport += ReportSeconds;
                Report();
            }
        }

        Report();
        return kinds.Count;

        void Report() => Console.WriteLine(
            $"{name}: {fuzzer.Executions} executions in {total.Elapsed.TotalMinutes:F1} minutes, {fuzzer.Executions / total.Elapsed.TotalSeconds:F0} a second, "
            + $"{fuzzer.Outcomes} outcomes, the slowest {slowest.TotalMilliseconds:F0} ms, {kinds.Count} kinds of findings");
    }
}
