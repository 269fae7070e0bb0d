using System.Text.Json;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>The lists whose changes clients can hear of.</summary>
[Flags]
internal enum ChangingLists
{
    None = 0,
    Tools = 1,
    Prompts = 2,
}

/// <summary>
/// Tells clients that the tools or prompts have changed: those of the legacy era all at once, the others by the streams that they have
/// opened with <c>subscriptions/listen</c>. However fast things change, no more is sent than the client reads.
/// </summary>
internal sealed class ListChanges : IDisposable
{
    /// <summary>A client needs one. Each is a request that waits for its end.</summary>
    private const int MaxStreams = 32;

    private readonly ExtendedPlugin _plugin;
    private readonly MessageOutput _output;
    private readonly ServerIdentity _identity;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<ChangeStream> _streams = [];
    private ChangingLists _changed;
    private bool _isLegacy;
    private bool _sending;

    public ListChanges(ExtendedPlugin plugin, MessageOutput output, ServerIdentity identity)
    {
        (_plugin, _output, _identity) = (plugin, output, identity);
        _plugin.ToolsChanged += NoteTools;
        _plugin.PromptsChanged += NotePrompts;
    }

    /// <summary>From now on a legacy client may be told.</summary>
    public void BeginLegacy()
    {
        lock (_gate)
        {
            _isLegacy = true;
        }
    }

    /// <summary>Answers <c>subscriptions/listen</c>: when the client cancels it, or everything ends.</summary>
    public async ValueTask<OutgoingLine> ListenAsync(McpRequest request)
    {
        ChangingLists wanted = Wanted(request.Params);

        (EncodedMessage tools, EncodedMessage prompts) = (_plugin.EncodedTools, _plugin.EncodedPrompts);

        // The first message of the stream: what changes meanwhile is told after it.
        await _output.SendAsync(Acknowledgment(request.Id, wanted)).ConfigureAwait(false);
        ChangeStream stream = Open(request, wanted);
        Note(tools.IsSameAs(_plugin.EncodedTools) ? ChangingLists.None : ChangingLists.Tools);
        Note(prompts.IsSameAs(_plugin.EncodedPrompts) ? ChangingLists.None : ChangingLists.Prompts);
        try
        {
            await _ended.Task.WaitAsync(request.Canceled).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _streams.Remove(stream);
            }
        }

        var line = OutgoingLine.Result(request.Id);
        line.Json.WriteString("resultType"u8, "complete"u8);
        line.Json.WriteStartObject("_meta"u8);
        _identity.WriteMeta(line.Json);
        WriteSubscription(line.Json, request.Id);
        line.Json.WriteEndObject();
        return line.End();
    }

    /// <summary>Ends all streams with a result.</summary>
    public void End() => _ended.TrySetResult();

    public void Dispose()
    {
        _plugin.ToolsChanged -= NoteTools;
        _plugin.PromptsChanged -= NotePrompts;
    }

    private static ChangingLists Wanted(ReadOnlySpan<byte> parameters)
    {
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (!members.IsNamed("notifications"u8))
            {
                continue;
            }

            ReadOnlySpan<byte> filter = members.Part(parameters);
            if (filter.IsEmpty)
            {
                break;
            }

            var wanted = ChangingLists.None;
            var kinds = new ParamsReader(filter);
            while (kinds.Next())
            {
                ChangingLists kind = kinds.IsNamed("toolsListChanged"u8) ? ChangingLists.Tools
                    : kinds.IsNamed("promptsListChanged"u8) ? ChangingLists.Prompts
                    : ChangingLists.None;
                wanted |= kinds.Flag() ? kind : ChangingLists.None;
            }

            return wanted;
        }

        throw JsonRpcException.InvalidParams("\"notifications\" must be an object that says what you want to hear of");
    }

    private static OutgoingLine Acknowledgment(RequestId id, ChangingLists wanted)
    {
        var line = OutgoingLine.Notification("notifications/subscriptions/acknowledged"u8);
        WriteMeta(line.Json, id);
        line.Json.WriteStartObject("notifications"u8);
        if (wanted.HasFlag(ChangingLists.Tools))
        {
            line.Json.WriteBoolean("toolsListChanged"u8, true);
        }

        if (wanted.HasFlag(ChangingLists.Prompts))
        {
            line.Json.WriteBoolean("promptsListChanged"u8, true);
        }

        line.Json.WriteEndObject();
        return line.End();
    }

    private static void WriteMeta(Utf8JsonWriter json, RequestId id)
    {
        json.WriteStartObject("_meta"u8);
        WriteSubscription(json, id);
        json.WriteEndObject();
    }

    private static void WriteSubscription(Utf8JsonWriter json, RequestId id)
    {
        json.WritePropertyName("io.modelcontextprotocol/subscriptionId"u8);
        id.Write(json);
    }

    private ChangeStream Open(McpRequest request, ChangingLists wanted)
    {
        lock (_gate)
        {
            if (_streams.Count == MaxStreams)
            {
                throw new JsonRpcException(JsonRpcCodes.InternalError, $"overloaded: {MaxStreams} streams are open already; cancel one first");
            }

            var stream = new ChangeStream(request, wanted);
            _streams.Add(stream);
            return stream;
        }
    }

    private void NoteTools() => Note(ChangingLists.Tools);

    private void NotePrompts() => Note(ChangingLists.Prompts);

    private void Note(ChangingLists list)
    {
        lock (_gate)
        {
            _changed |= list;
            if (_sending || _changed == ChangingLists.None)
            {
                return;
            }

            _sending = true;
        }

        _ = Task.Run(TellAllAsync);
    }

    private async Task TellAllAsync()
    {
        while (true)
        {
            List<OutgoingLine> lines = [];
            lock (_gate)
            {
                if (_changed == ChangingLists.None)
                {
                    _sending = false;
                    return;
                }

                AddLines(lines, ChangingLists.Tools, "notifications/tools/list_changed"u8);
                AddLines(lines, ChangingLists.Prompts, "notifications/prompts/list_changed"u8);
                _changed = ChangingLists.None;
            }

            foreach (OutgoingLine line in lines)
            {
                await _output.SendAsync(line).ConfigureAwait(false);
            }
        }
    }

    private void AddLines(List<OutgoingLine> lines, ChangingLists list, ReadOnlySpan<byte> method)
    {
        if (!_changed.HasFlag(list))
        {
            return;
        }

        if (_isLegacy)
        {
            lines.Add(OutgoingLine.Notification(method).End());
        }

        foreach (ChangeStream stream in _streams)
        {
            if (stream.Wanted.HasFlag(list) && !stream.Request.IsEnded)
            {
                var line = OutgoingLine.Notification(method);
                WriteMeta(line.Json, stream.Request.Id);
                lines.Add(line.End());
            }
        }
    }

    private sealed class ChangeStream(McpRequest request, ChangingLists wanted)
    {
        public McpRequest Request => request;

        public ChangingLists Wanted => wanted;
    }
}
