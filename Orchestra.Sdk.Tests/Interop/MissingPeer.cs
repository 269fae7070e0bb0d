namespace Orchestra.Sdk.Tests.Interop;

/// <summary>For tests that need a program which not every machine has.</summary>
internal static class MissingPeer
{
    /// <summary>Skips the test and says what would let it run; where CI is set, everything must run.</summary>
    public static void Report(string what, string command)
    {
        string message = $"{what}: run `{command}`.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }
}
