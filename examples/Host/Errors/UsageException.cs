namespace Orchestra.Examples.Host.Errors;

/// <summary>The command line makes no sense: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
