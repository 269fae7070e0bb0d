namespace Orchestra.Sdk;

/// <summary>Tells how the plugin is. A plugin class that implements it is asked by each <c>health</c> request.</summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Needs space on the disk.&lt;/summary&gt;
/// [Plugin("tools.archive")]
/// public sealed partial class Archive : IHealthCheck
/// {
///     public ValueTask&lt;HealthReport&gt; CheckHealthAsync(CancellationToken cancellationToken) =&gt;
///         new(new DriveInfo(".").AvailableFreeSpace &gt; 1_000_000
///             ? new HealthReport(HealthStatus.Healthy)
///             : new HealthReport(HealthStatus.Degraded, "the disk is nearly full"));
/// }
/// </code>
/// </example>
public interface IHealthCheck
{
    /// <summary>Checks. One that throws or takes too long counts as unhealthy.</summary>
    /// <param name="cancellationToken">Canceled when the time for the check is over.</param>
    /// <returns>How the plugin is.</returns>
    ValueTask<HealthReport> CheckHealthAsync(CancellationToken cancellationToken);
}
