
namespace Orchestra.Sdk.Dispatch;

/// <summary>A plugin has parameters that come from services, and no provider of services was set.</summary>
internal sealed class NoServicesException(string message) : InvalidOperationException(message)
{
    private const int MaxListed = 5;

    /// <exception cref="NoServicesException">The options have no services and the plugin cannot do without.</exception>
    public static void ThrowIfNeeded(PluginDefinition definition, PluginServerOptions options)
    {
        IReadOnlyList<ServiceParameter> needed = definition.Services;
        if (options.Services is null && needed.Count > 0)
        {
            string more = needed.Count > MaxListed ? $" and {needed.Count - MaxListed} more" : "";
            throw new NoServicesException(
                $"the plugin {definition.Id} has no services for {string.Join(", ", needed.Take(MaxListed))}{more}: "
                + "set PluginServerOptions.Services, or give Plugin.RunAsync the IServiceProvider");
        }
    }
}
