namespace Orchestra.Examples.Host.Plugins;

/// <summary>How a plugin's end went.</summary>
/// <param name="Problem">What was not as it should be, or null.</param>
/// <param name="ExitCode">What the process ended with; null where it was killed, or goes on.</param>
/// <param name="Answered">When the answer to shutdown came.</param>
/// <param name="Ended">When the process was gone.</param>
internal sealed record Farewell(string? Problem, int? ExitCode, TimeSpan Answered, TimeSpan Ended);
