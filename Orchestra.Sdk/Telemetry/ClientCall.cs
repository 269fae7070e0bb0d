using System.Diagnostics;
using System.Globalization;
using Orchestra.Sdk.Messages;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;
using ResponseKind = Orchestra.Sdk.Messages.PluginResponse.ResponseOneofCase;

namespace Orchestra.Sdk.Telemetry;

/// <summary>A request of ours as traces and metrics see it. While nobody listens it is a counter up and down.</summary>
internal readonly struct ClientCall
{
    private static readonly TagValues ErrorTypes = new(limit: 100);
    private static readonly TagValues Tools = new(limit: 1000);

    private readonly Activity? _activity;
    private readonly PluginRequest _request;
    private readonly long _start;

    private ClientCall(Activity? activity, PluginRequest request, long start)
    {
        _activity = activity;
        _request = request;
        _start = start;
    }

    /// <summary>Begins a call, to be used within one async method. The current activity is its parent.</summary>
    public static ClientCall Start(PluginRequest request, string requestId, string address)
    {
        Instruments.ActiveClientCalls.Enter();
        return new ClientCall(
            Instruments.Activities.HasListeners() ? StartActivity(request, requestId, address) : null,
            request,
            Instruments.ClientCallDuration.Enabled ? Stopwatch.GetTimestamp() : 0);
    }

    /// <summary>The W3C trace parent for the peer; empty when there is no trace to go on with.</summary>
    public string TraceParent =>
        (_activity ?? Activity.Current) is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : "";

    /// <summary>Ends a call that was answered. One call of this or <see cref="Fail"/> ends it.</summary>
    /// <param name="last">The answer, the last one if there were several.</param>
    public void End(PluginResponse last)
    {
        (string code, string message) = last.ResponseCase switch
        {
            ResponseKind.ToolCall when !last.ToolCall.Success => (last.ToolCall.ErrorCode, last.ToolCall.ErrorMessage),
            ResponseKind.StreamEnd when !last.StreamEnd.Success => (last.StreamEnd.ErrorCode, last.StreamEnd.ErrorMessage),
            ResponseKind.StorageWrite when !last.StorageWrite.Success => ("storage_write_failed", last.StorageWrite.Error),
            _ => ("", ""),
        };
        End(wasAnswered: code != ErrorCodes.ToolNotFound, code, message);
    }

    /// <summary>Ends a call that was not answered.</summary>
    public void Fail(Exception exception) =>
        End(wasAnswered: false, exception.GetType().FullName ?? Tags.Other, exception.Message);

    /// <summary>Ends a call that its caller left.</summary>
    public void Leave() => End(wasAnswered: true, ErrorCodes.Cancelled, "the caller left the stream");

    private static Activity? StartActivity(PluginRequest request, string requestId, string address)
    {
        string method = RequestNames.Of(request.RequestCase);
        var tags = new TagList { { Tags.System, Tags.SystemValue }, { Tags.Method, method } };
        Activity? activity = Instruments.Activities.StartActivity(method, ActivityKind.Client, parentContext: default, tags);
        if (activity is not null)
        {
            activity.SetTag(Tags.RequestId, requestId);
            SetAddress(activity, address);
            if (ToolOf(request) is { } tool)
            {
                activity.SetTag(Tags.Tool, tool);
                activity.DisplayName = $"{method} {tool}";
            }
        }

        return activity;
    }

    private static void SetAddress(Activity activity, string address)
    {
        // A peer in this process has no port.
        int colon = address.LastIndexOf(':');
        activity.SetTag(Tags.ServerAddress, (colon < 0 ? address : address[..colon]).Trim('[', ']'));
        if (int.TryParse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture, out int port))
        {
            activity.SetTag(Tags.ServerPort, port);
        }
    }

    private static string? ToolOf(PluginRequest request) => request.RequestCase switch
    {
        RequestKind.ToolCall => request.ToolCall.ToolName,
        RequestKind.StreamStart => request.StreamStart.ToolName,
        _ => null,
    };

    private void End(bool wasAnswered, string errorCode, string errorMessage)
    {
        Instruments.ActiveClientCalls.Leave();
        if (_activity is not null)
        {
            if (errorCode.Length > 0)
            {
                _activity.SetTag(Tags.ErrorType, errorCode);
                _activity.SetStatus(ActivityStatusCode.Error, errorMessage);
            }

            _activity.Dispose();
        }

        if (_start != 0)
        {
            var tags = new TagList { { Tags.System, Tags.SystemValue }, { Tags.Method, RequestNames.Of(_request.RequestCase) } };
            if (wasAnswered && ToolOf(_request) is { } tool)
            {
                // Some peer has a tool of that name; a peer could still have any number of them.
                tags.Add(Tags.Tool, Tools.Limit(tool));
            }

            if (errorCode.Length > 0)
            {
                tags.Add(Tags.ErrorType, ErrorTypes.Limit(errorCode));
            }

            Instruments.ClientCallDuration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        }
    }
}
