namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>Makes what fails as small as it can.</summary>
internal static class Shrinker
{
    private const int MaxTries = 1000;

    public static FuzzFinding Shrink(Fuzzer fuzzer, FuzzSurface surface, FuzzFinding finding)
    {
        int tries = 0;
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (byte[] input in surface.Smaller(finding.Input))
            {
                if (tries++ >= MaxTries)
                {
                    return finding;
                }

                if (fuzzer.Try(input, out _) is { } smaller && smaller.Kind == finding.Kind)
                {
                    finding = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }

        return finding;
    }
}
