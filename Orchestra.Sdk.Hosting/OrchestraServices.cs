using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Hosting;

/// <summary>Adds a plugin to the services of a host.</summary>
public static class OrchestraServices
{
    private const string ConsoleProvider = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";

    /// <summary>
    /// Adds a plugin class, which the services make: what its constructor takes comes from them, and parameters with
    /// <see cref="FromServicesAttribute">[FromServices]</see> from a scope of each call. There is one object of the class.
    /// <see cref="OrchestraHosts.RunOrchestraPluginAsync"/> runs it.
    /// </summary>
    /// <remarks>
    /// The log of the host goes to standard error and <c>--log-file</c>, as that of any plugin does, and to the host's other providers. That of
    /// the console is taken out where it was added before: standard output belongs to the protocol.
    /// </remarks>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The limits; the defaults when <see langword="null"/>. Its services and loggers are those of the host.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">There is a plugin already: a process is one plugin.</exception>
    public static IServiceCollection AddOrchestraPlugin<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPlugin>(
        this IServiceCollection services, PluginServerOptions? options = null)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(static service => service.ServiceType == typeof(HostedPlugin)))
        {
            throw new InvalidOperationException("there is a plugin already: a process is one plugin");
        }

        services.TryAddSingleton<TPlugin>();
        services.AddSingleton<HostedPlugin>(provider => new HostedPlugin<TPlugin>(provider, options ?? new PluginServerOptions()));
        services.AddSingleton<OrchestratorAccessor>();
        services.AddSingleton<IOrchestratorAccessor>(static provider => provider.GetRequiredService<OrchestratorAccessor>());
        services.AddTransient(static provider => provider.GetRequiredService<IOrchestratorAccessor>().Client
            ?? throw new InvalidOperationException("the plugin runs without an orchestrator (--orchestrator-addr): take an IOrchestratorAccessor, and ask it when it is needed"));
        services.AddSingleton<BootConfiguration>();
        services.AddHostedService<RunGuard>();

        // Signals are the plugin's, which lets its calls end before the host stops.
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        AddLogging(services);
        return services;
    }

    private static void AddLogging(IServiceCollection services)
    {
        foreach (ServiceDescriptor console in services.Where(IsConsole).ToList())
        {
            services.Remove(console);
        }

        services.AddLogging();
        services.AddSingleton<PluginLog>();
        services.AddSingleton<ILoggerProvider>(static provider => provider.GetRequiredService<PluginLog>());
        services.Configure<LoggerFilterOptions>(LevelFlag.AddTo);
    }

    private static bool IsConsole(ServiceDescriptor service) =>
        service is { IsKeyedService: false, ImplementationType.FullName: ConsoleProvider } && service.ServiceType == typeof(ILoggerProvider);
}
