using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>Sends a tool's reports of progress to whoever may want them.</summary>
internal sealed class ToolProgress<T>(ToolContext context) : IProgress<T>
{
    /// <summary>An activity keeps its events until it ends.</summary>
    private const int MaxEvents = 128;

    private int _events;

    public void Report(T value)
    {
        context.Progress?.Report(value);
        if (Activity.Current is { IsAllDataRequested: true } activity && Interlocked.Increment(ref _events) <= MaxEvents)
        {
            activity.AddEvent(new ActivityEvent(
                "progress", tags: new ActivityTagsCollection { ["orchestra.progress"] = value?.ToString() }));
        }

        if (context.Logger.IsEnabled(LogLevel.Debug))
        {
            context.Logger.ToolProgressed(context.ToolName, value?.ToString(), context.RequestId);
        }
    }
}
