using System.Diagnostics;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Telemetry;

/// <summary>
/// A call of a tool as traces and metrics see it. While nobody listens it is a counter up and down. To be used within an async
/// method: the activity is the current one from start to end.
/// </summary>
internal readonly struct ServerCall
{
    /// <summary>Peers give the values, and exporters copy them.</summary>
    private const int MaxTagLength = 256;

    private static readonly TagValues ErrorTypes = new(limit: 100);

    private readonly Activity? _activity;
    private readonly string _method;
    private readonly string _tool;
    private readonly long _start;

    private ServerCall(Activity? activity, string method, string tool, long start)
    {
        _activity = activity;
        _method = method;
        _tool = tool;
        _start = start;
    }

    /// <summary>Begins a call. Its parent is the caller's trace parent if that is a valid one.</summary>
    /// <param name="method">The kind of request.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="request">Who calls what.</param>
    public static ServerCall Start(string method, string requestId, ToolRequest request)
    {
        Instruments.ActiveServerCalls.Enter();
        return new ServerCall(
            Instruments.Activities.HasListeners() ? StartActivity(method, requestId, request) : null,
            method,
            request.ToolName,
            Instruments.ServerCallDuration.Enabled ? Stopwatch.GetTimestamp() : 0);
    }

    /// <summary>Ends the call. To be called exactly once.</summary>
    /// <param name="errorCode">The answer's; empty for a success.</param>
    /// <param name="errorMessage">The answer's.</param>
    public void End(string errorCode, string errorMessage)
    {
        Instruments.ActiveServerCalls.Leave();

        // Peers can ask for anything: only the name of a tool that there is may become a tag.
        string? tool = errorCode == ErrorCodes.ToolNotFound ? null : _tool;
        if (_activity is not null)
        {
            EndActivity(_activity, tool, errorCode, errorMessage);
        }

        if (_start != 0)
        {
            var tags = new TagList { { Tags.System, Tags.SystemValue }, { Tags.Method, _method } };
            if (tool is not null)
            {
                tags.Add(Tags.Tool, tool);
            }

            if (errorCode.Length > 0)
            {
                tags.Add(Tags.ErrorType, ErrorTypes.Limit(errorCode));
            }

            Instruments.ServerCallDuration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        }
    }

    private static Activity? StartActivity(string method, string requestId, ToolRequest request)
    {
        var tags = new TagList { { Tags.System, Tags.SystemValue }, { Tags.Method, method } };

        // One that is not valid gives the default, and with it the current activity as the parent: an in-process caller's.
        ActivityContext.TryParse(request.TraceParent, traceState: null, isRemote: true, out ActivityContext parent);
        Activity? activity = Instruments.Activities.StartActivity(method, ActivityKind.Server, parent, tags);
        if (activity is { IsAllDataRequested: true })
        {
            SetGiven(activity, Tags.RequestId, requestId);
            SetGiven(activity, Tags.CallerPlugin, request.CallerPlugin);
            SetGiven(activity, Tags.Session, request.SessionId);
            SetGiven(activity, Tags.Provider, request.Provider);
        }

        return activity;
    }

    private static void SetGiven(Activity activity, string tag, string value)
    {
        if (value.Length > 0)
        {
            activity.SetTag(tag, value.Length <= MaxTagLength ? value : value[..MaxTagLength]);
        }
    }

    private static void EndActivity(Activity activity, string? tool, string errorCode, string errorMessage)
    {
        if (tool is not null)
        {
            activity.DisplayName = $"{activity.OperationName} {tool}";
            activity.SetTag(Tags.Tool, tool);
        }

        if (errorCode.Length > 0)
        {
            activity.SetTag(Tags.ErrorType, errorCode);
            activity.SetStatus(ActivityStatusCode.Error, errorMessage);
        }

        activity.Dispose();
    }
}
