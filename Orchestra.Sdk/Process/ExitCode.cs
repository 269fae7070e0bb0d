namespace Orchestra.Sdk;

/// <summary>What a plugin program ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;
}
