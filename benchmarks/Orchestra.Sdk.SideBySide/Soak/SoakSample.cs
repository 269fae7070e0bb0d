namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>One look at the plugin and at its clients.</summary>
/// <param name="Minute">When, from the start.</param>
/// <param name="Resident">Megabytes of the plugin in memory.</param>
/// <param name="Handles">What the plugin has open.</param>
/// <param name="Threads">Of the plugin.</param>
/// <param name="Cpu">Seconds of the processor that the plugin has used.</param>
/// <param name="ClientsLive">Megabytes that live objects of the clients' process take.</param>
/// <param name="ClientsHandles">What that process has open.</param>
/// <param name="Turns">What the clients have done.</param>
/// <param name="Failures">What of it went otherwise than it should.</param>
internal sealed record SoakSample(
    double Minute,
    double Resident,
    double Handles,
    double Threads,
    double Cpu,
    double ClientsLive,
    double ClientsHandles,
    long Turns,
    long Failures);
