using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Examples.Hosted;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Hosting;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.HostingPackage;

/// <summary>A plugin that the services of a host make, within the process: examples/Hosted.</summary>
internal sealed class HostedPluginTests
{
    private readonly CapturingLoggerFactory _log = new();
    private HostApplicationBuilder _builder = null!;

    [SetUp]
    public void Begin()
    {
        _builder = Host.CreateApplicationBuilder();
        _builder.Services.AddPages();
        _builder.Services.AddHttpClient<PageReader>().ConfigurePrimaryHttpMessageHandler(() => new OnePage());
        _builder.Services.AddSingleton<ILoggerProvider>(new Provider(_log));
    }

    [TearDown]
    public void End() => _log.Dispose();

    [Test]
    public async Task Gets_its_services_its_log_and_what_the_orchestrator_sends_at_boot()
    {
        using IHost host = _builder.Build();
        await using ExportedPlugin plugin = host.ExportOrchestraPlugin();
        await plugin.BootAsync(("region", "Berlin")).Guarded();

        ToolResponse watched = await plugin.CallToolAsync("watch_page", ("page", "http://a.b/")).Guarded();
        ToolResponse state = await plugin.CallToolAsync("check_page", ("page", "http://a.b/")).Guarded();

        Assert.That(watched.EnsureSuccess().Result.Fields["text"].StringValue, Is.EqualTo("Watching http://a.b/, as Berlin sees it."));
        Assert.That(state.EnsureSuccess().Result.Fields["status"].NumberValue, Is.EqualTo(200));
        Assert.That(host.Services.GetRequiredService<IConfiguration>()["region"], Is.EqualTo("Berlin"));
        Assert.That(_log.Entries.Select(entry => entry.Message), Has.Some.EqualTo("http://a.b/ is watched"));
    }

    [Test]
    public async Task What_the_orchestrator_sends_wins_and_is_told_to_who_listens()
    {
        _builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("region", "file")]);
        using IHost host = _builder.Build();
        await using ExportedPlugin plugin = host.ExportOrchestraPlugin();
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        bool isTold = false;
        configuration.GetReloadToken().RegisterChangeCallback(_ => isTold = true, null);

        await plugin.BootAsync(("region", "boot")).Guarded();

        Assert.That((configuration["region"], isTold), Is.EqualTo(("boot", true)));
    }

    [Test]
    public async Task Each_call_has_a_scope_that_ends_with_it()
    {
        var services = new ServiceCollection();
        services.AddScoped<Scoped>();
        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        List<Scoped> seen = [];
        var plugin = new TestPlugin((_, context, _) =>
        {
            Scoped one = context.Services!.GetRequiredService<Scoped>();
            Assert.That((one.IsOver, one == context.Services!.GetRequiredService<Scoped>()), Is.EqualTo((false, true)));
            seen.Add(one);
            return new(new ToolResponse { Success = true, Result = new Struct() });
        });
        await using var exported = ExportedPlugin.For(plugin, new() { Services = provider });

        (await exported.CallToolAsync("tool").Guarded()).EnsureSuccess();
        (await exported.CallToolAsync("tool").Guarded()).EnsureSuccess();

        Assert.That(seen.Distinct().Count(), Is.EqualTo(2));
        Assert.That(seen.Select(one => one.IsOver), Is.All.True);
    }

    [Test]
    public void A_host_that_is_started_without_its_plugin_says_what_to_call()
    {
        using IHost host = _builder.Build();

        Assert.That(async () => await host.StartAsync().Guarded(), Throws.InvalidOperationException.With.Message.Contains("RunOrchestraPluginAsync"));
    }

    [Test]
    public void A_process_is_one_plugin() => Assert.That(
        () => _builder.Services.AddPages(), Throws.InvalidOperationException.With.Message.EqualTo("there is a plugin already: a process is one plugin"));

    [Test]
    public void A_host_without_a_plugin_is_told_how_to_get_one()
    {
        using IHost host = Host.CreateEmptyApplicationBuilder(null).Build();

        Assert.That(() => host.ExportOrchestraPlugin(), Throws.InvalidOperationException.With.Message.Contains("AddOrchestraPlugin"));
    }

    [Test]
    public void Standard_output_is_not_for_the_log()
    {
        using IHost host = _builder.Build();

        Assert.That(
            host.Services.GetServices<ILoggerProvider>().Select(provider => provider.GetType().Name), Has.None.EqualTo("ConsoleLoggerProvider").And.Some.EqualTo("PluginLog"));
    }

    [Test]
    public async Task There_is_no_orchestrator_within_the_process()
    {
        using IHost host = _builder.Build();
        await using ExportedPlugin plugin = host.ExportOrchestraPlugin();

        Assert.That(host.Services.GetRequiredService<IOrchestratorAccessor>().Client, Is.Null);
        Assert.That(() => host.Services.GetRequiredService<OrchestratorClient>(), Throws.InvalidOperationException.With.Message.Contains("IOrchestratorAccessor"));
    }

    [TestCase(new[] { "--log-level", "debug" }, null, LogLevel.Debug)]
    [TestCase(new string[0], "warn", LogLevel.Warning)]
    [TestCase(new[] { "--log-level", "debug" }, "warn", LogLevel.Debug)]
    public void The_flag_for_the_level_is_a_filter_of_the_host(string[] args, string? variable, LogLevel level)
    {
        var options = new LoggerFilterOptions();
        LevelFlag.AddTo(options, args, variable);

        Assert.That((options.Rules.Single().LogLevel, options.Rules.Single().ProviderName), Is.EqualTo((level, typeof(PluginLog).FullName)));
    }

    [TestCase(new[] { "--no-such-flag" }, null)]
    [TestCase(new string[0], "loud")]
    [TestCase(new string[0], "")]
    public void Without_a_level_the_host_decides(string[] args, string? variable)
    {
        var options = new LoggerFilterOptions();
        LevelFlag.AddTo(options, args, variable);

        Assert.That(options.Rules, Is.Empty);
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsOver { get; private set; }

        public void Dispose() => IsOver = true;
    }

    private sealed class OnePage : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());
    }

    private sealed class Provider(CapturingLoggerFactory log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
