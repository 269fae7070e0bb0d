namespace Orchestra.Examples.Host.Plugins;

/// <summary>How a plugin's end went.</summary>
/// <param name="Problem">What was not as it should be, or null.</param>
/// <param name="Answered">When the answer to shutdown came.</param>
/// <param name="Ended">When the process was gone.</param>
internal sealed record Farewell(string? Problem, TimeSpan Answered, TimeSpan Ended);
