using System.Diagnostics;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>
/// Tries inputs on a surface, one after the other: the corpus, then changes of it. There is no coverage to go by; in its place an input
/// that something new comes of is kept to go on from. The same seed gives the same inputs.
/// </summary>
internal sealed class Fuzzer : IDisposable
{
    private const int MaxKept = 4096;
    private const int MaxOutcomes = 100_000;
    private const int ExecutionsPerHonestCall = 8;

    private readonly FuzzSurface _surface;
    private readonly Random _random;
    private readonly List<byte[]> _corpus;
    private readonly HashSet<string> _outcomes = [];
    private readonly HonestConnection? _honest;
    private readonly int _seeds;
    private long _started = Stopwatch.GetTimestamp();

    public Fuzzer(FuzzSurface surface, int seed)
    {
        _surface = surface;
        _random = new Random(seed);
        _corpus = [.. surface.Seeds, .. CorpusFiles.Of(surface.Name).Select(static file => CorpusFiles.Read(file))];
        _honest = surface.IsQuic ? new HonestConnection() : null;
        _seeds = _corpus.Count;

        // What is made once for all is not the first execution's.
        _honest?.Call();
    }

    /// <summary>How many inputs were tried.</summary>
    public long Executions { get; private set; }

    /// <summary>How many different things came of them.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>The input that was made last.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>When the execution began that is under way.</summary>
    public long Started => Volatile.Read(ref _started);

    /// <summary>Tries one more.</summary>
    /// <returns>What is wrong, if anything is.</returns>
    public FuzzFinding? Step()
    {
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        Current = Next();
        FuzzFinding? finding = Try(Current, out string outcome);
        bool isNew = finding is null && _outcomes.Count < MaxOutcomes && _outcomes.Add(outcome);
        if (isNew && _surface.IsRepeatable && Executions >= _seeds && _corpus.Count < MaxKept)
        {
            _corpus.Add(Current);
        }

        Executions++;
        if (finding is null && Executions % ExecutionsPerHonestCall == 0)
        {
            finding = AskHonest();
        }

        return finding;
    }

    /// <summary>Tries an input.</summary>
    public FuzzFinding? Try(byte[] input, out string outcome)
    {
        outcome = "";
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            outcome = _surface.Run(input);
        }
        catch (Exception exception)
        {
            return Finding(input, exception);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long limit = _surface.MaxAllocated(input);
        return allocated > limit
            ? new FuzzFinding(_surface.Name, input, $"{allocated} bytes were allocated, more than the {limit} that may be for {input.Length} bytes")
            : null;
    }

    public void Dispose() => _honest?.Dispose();

    private byte[] Next()
    {
        if (Executions < _seeds)
        {
            return _corpus[(int)Executions];
        }

        byte[] input = Pick();
        for (int count = 1 + _random.Next(4); count > 0; count--)
        {
            input = _random.Next(10) switch
            {
                < 6 => _surface.Mutate(input, _random),
                < 9 => ByteMutations.Mutate(input, _random),
                _ => ByteMutations.Splice(input, Pick(), _random),
            };
        }

        return input.Length > ByteMutations.MaxLength ? input[..ByteMutations.MaxLength] : input;
    }

    private byte[] Pick() => _corpus.Count == 0 ? [] : _corpus[_random.Next(_corpus.Count)];

    private FuzzFinding? AskHonest()
    {
        try
        {
            _honest?.Call();
            return null;
        }
        catch (Exception exception)
        {
            return new FuzzFinding(_surface.Name, Current, $"another connection does not work any more: {exception}");
        }
    }

    private FuzzFinding Finding(byte[] input, Exception exception) => new(_surface.Name, input, exception.ToString());
}
