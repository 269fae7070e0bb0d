namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>One measurement.</summary>
/// <param name="Rate">Of calls, megabytes or connections a second.</param>
/// <param name="ClientCpu">What the client's process used, by call or in all.</param>
/// <param name="ServerCpu">What the server's process used.</param>
internal readonly record struct Sample(double Rate, double ClientCpu, double ServerCpu);
