using System.Globalization;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>What the inputs depend on: another in each run, unless <c>ORCHESTRA_FUZZ_SEED</c> says which.</summary>
internal static class FuzzSeed
{
    public static int Value { get; } = Environment.GetEnvironmentVariable("ORCHESTRA_FUZZ_SEED") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();
}
