using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Hosting;

/// <summary>The plugin of a host, whatever its class.</summary>
internal abstract class HostedPlugin
{
    /// <summary>Whether somebody runs it: else a host that starts is one that nobody reaches.</summary>
    public bool IsTaken { get; protected set; }

    public abstract Task<int> RunAsync(IHost host, string[] args, CancellationToken cancellationToken);

    public abstract ExportedPlugin Export();
}

/// <summary>The plugin of a host.</summary>
/// <param name="services">Those of the host.</param>
/// <param name="options">The limits.</param>
internal sealed class HostedPlugin<TPlugin>(IServiceProvider services, PluginServerOptions options) : HostedPlugin
    where TPlugin : class, IPlugin<TPlugin>
{
    private IServiceProvider Services => services;

    public override async Task<int> RunAsync(IHost host, string[] args, CancellationToken cancellationToken)
    {
        IsTaken = true;
        var life = new HostLife(host);
        await using ConfiguredAsyncDisposable disposal = life.ConfigureAwait(false);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenRegistration told = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            if (!life.IsStopping)
            {
                end.Cancel();
            }
        });
        return await Plugin.RunAsync<TPlugin>(args, new Run(this, host, life), end.Token).ConfigureAwait(false);
    }

    public override ExportedPlugin Export()
    {
        IsTaken = true;
        TPlugin plugin = services.GetRequiredService<TPlugin>();
        var exported = ExportedPlugin.For(plugin, Options);
        Surround(exported.Server, plugin, host: null);
        return exported;
    }

    private PluginServerOptions Options =>
        options with { Services = services, LoggerFactory = services.GetRequiredService<ILoggerFactory>() };

    private void Surround(PluginServer server, TPlugin plugin, HostLife? host)
    {
        server.SetLifecycleHooks(new HostedHooks(plugin as ILifecycleHooks, services.GetRequiredService<BootConfiguration>(), host));
        services.GetRequiredService<OrchestratorAccessor>().Server = server;
    }

    private sealed class Run(HostedPlugin<TPlugin> owner, IHost host, HostLife life) : IPluginHost
    {
        public async ValueTask<PluginServer> StartAsync(PluginStart start, CancellationToken cancellationToken)
        {
            IServiceProvider services = owner.Services;
            services.GetRequiredService<PluginLog>().SetTarget(start.AllLevels);
            try
            {
                await host.StartAsync(cancellationToken).ConfigureAwait(false);
                TPlugin plugin = services.GetRequiredService<TPlugin>();
                var server = PluginServer.Create(plugin, owner.Options);
                owner.Surround(server, plugin, life);
                return server;
            }
            catch
            {
                await life.StopAsync(CancellationToken.None).ConfigureAwait(false);
                throw;
            }
        }

        // The plugin object is the services', which dispose of it with the host.
        public async ValueTask StopAsync(PluginServer server)
        {
            await life.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await life.DisposeAsync().ConfigureAwait(false);
        }
    }
}
