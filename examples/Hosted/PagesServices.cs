using Microsoft.Extensions.DependencyInjection;
using Orchestra.Sdk.Hosting;

namespace Orchestra.Examples.Hosted;

/// <summary>All that the plugin is made of, so that tests can replace some of it.</summary>
public static class PagesServices
{
    /// <summary>Adds the plugin and what it needs.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddHttpClient<PageReader>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WatchList>();
        services.AddHostedService<Watcher>();
        return services.AddOrchestraPlugin<PagesPlugin>();
    }
}
