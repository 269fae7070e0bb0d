using Microsoft.Extensions.Hosting;

namespace Orchestra.Sdk.Hosting;

/// <summary>Leaves signals to the plugin, and says nothing.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
