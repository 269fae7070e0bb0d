using Microsoft.Extensions.Hosting;

namespace Orchestra.Sdk.Hosting;

/// <summary>Ends a host at its start that nobody would ever reach: it was run by a method that knows nothing of plugins.</summary>
internal sealed class RunGuard(HostedPlugin plugin) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => plugin.IsTaken
        ? Task.CompletedTask
        : throw new InvalidOperationException(
            "the host was started, but not its plugin: end the program by `return await builder.Build().RunOrchestraPluginAsync(args);`");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
