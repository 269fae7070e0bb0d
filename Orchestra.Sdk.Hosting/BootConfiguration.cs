using Microsoft.Extensions.Configuration;

namespace Orchestra.Sdk.Hosting;

/// <summary>What the orchestrator sends at boot, as a part of the host's configuration that comes late and wins.</summary>
internal sealed class BootConfiguration
{
    private readonly IConfiguration _configuration;
    private readonly Provider _provider = new();

    public BootConfiguration(IConfiguration configuration)
    {
        _configuration = configuration;
        (configuration as IConfigurationBuilder)?.Add(new Source(_provider));
    }

    public void Fill(IReadOnlyDictionary<string, string> config)
    {
        if (_configuration is IConfigurationBuilder)
        {
            _provider.Fill(config);
            return;
        }

        // A configuration that is finished takes values, if not sources: that of a HostBuilder, or a test's.
        foreach ((string name, string value) in config)
        {
            _configuration[name] = value;
        }
    }

    private sealed class Source(Provider provider) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => provider;
    }

    private sealed class Provider : ConfigurationProvider
    {
        public void Fill(IReadOnlyDictionary<string, string> config)
        {
            Data = config.ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }
    }
}
