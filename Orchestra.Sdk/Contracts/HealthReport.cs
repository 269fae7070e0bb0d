namespace Orchestra.Sdk;

/// <summary>How well a plugin can do its work.</summary>
public enum HealthStatus
{
    /// <summary>All is well.</summary>
    Healthy,

    /// <summary>It works, but not as it should.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Unhealthy,
}

/// <summary>The answer of an <see cref="IHealthCheck"/>.</summary>
/// <param name="Status">How well the plugin can do its work.</param>
/// <param name="Message">One line for people.</param>
public sealed record HealthReport(HealthStatus Status, string Message = "ok")
{
    /// <summary>More, by name; empty by default.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}
