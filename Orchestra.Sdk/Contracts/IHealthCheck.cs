namespace Orchestra.Sdk;

/// <summary>Tells how the plugin is. A plugin class that implements it is asked by each <c>health</c> request.</summary>
public interface IHealthCheck
{
    /// <summary>Checks. One that throws or takes too long counts as unhealthy.</summary>
    /// <param name="cancellationToken">Canceled when the time for the check is over.</param>
    /// <returns>How the plugin is.</returns>
    ValueTask<HealthReport> CheckHealthAsync(CancellationToken cancellationToken);
}
