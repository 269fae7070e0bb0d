using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Hosting;

namespace Orchestra.Examples.Hosted;

/// <summary>Looks at the pages while the plugin runs, and publishes an event for each that answers otherwise than before.</summary>
public sealed partial class Watcher(
    WatchList list,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    IOrchestratorAccessor orchestrator,
    TimeProvider time,
    ILogger<Watcher> logger) : BackgroundService
{
    private TimeSpan Interval => TimeSpan.FromSeconds(double.Parse(configuration["interval_seconds"] ?? "60", CultureInfo.InvariantCulture));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStarted(logger);
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        finally
        {
            LogEnded(logger);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        PageReader reader = scope.ServiceProvider.GetRequiredService<PageReader>();
        foreach (Uri page in list.Pages)
        {
            PageState state = await reader.ReadAsync(page, cancellationToken);
            if (list.Note(state) && orchestrator.Client is { } client)
            {
                var payload = new Struct { Fields = { ["page"] = Value.ForString($"{page}"), ["status"] = Value.ForNumber(state.Status ?? 0) } };
                await client.PublishAsync("page.changed", "changed", payload, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "the pages are watched")]
    private static partial void LogStarted(ILogger logger);

    [LoggerMessage(LogLevel.Information, "the pages are watched no more")]
    private static partial void LogEnded(ILogger logger);
}
