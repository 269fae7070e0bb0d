using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk;

namespace Orchestra.Examples.Hosted;

/// <summary>Watches web pages.</summary>
[Plugin("tools.pages", Version = "0.1.0")]
public sealed partial class PagesPlugin(WatchList list, IConfiguration configuration, ILogger<PagesPlugin> logger)
{
    /// <summary>Watch a page: its state is looked at every now and then.</summary>
    /// <param name="page">Its address.</param>
    [Tool]
    public string WatchPage(Uri page)
    {
        list.Add(page);
        LogWatched(logger, page);
        return $"Watching {page}, as {configuration["region"] ?? "nowhere"} sees it.";
    }

    /// <summary>Look how a page answers now.</summary>
    /// <param name="page">Its address.</param>
    [Tool(ReadOnly = true)]
    public Task<PageState> CheckPageAsync(Uri page, [FromServices] PageReader reader, CancellationToken cancellationToken) =>
        reader.ReadAsync(page, cancellationToken);

    /// <summary>List the pages that are watched, and how each has answered last.</summary>
    [Tool(ReadOnly = true)]
    public IReadOnlyList<PageState> ListPages() => list.States;

    [LoggerMessage(LogLevel.Information, "{Page} is watched")]
    private static partial void LogWatched(ILogger logger, Uri page);
}
