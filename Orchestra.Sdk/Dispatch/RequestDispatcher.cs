using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Dispatch;

/// <summary>One request in, its response(s) out.</summary>
internal sealed class RequestDispatcher
{
    private readonly PluginInstance _plugin;
    private readonly CallGate _calls;
    private readonly ILogger _logger;
    private readonly ToolCaller _tools;
    private readonly ToolStreamer _streamer;
    private readonly PromptReader _prompts;
    private readonly StorageCaller _storage;
    private readonly HealthChecker _health;

    public RequestDispatcher(PluginInstance plugin, PluginEnvironment environment, CallGate calls)
    {
        _plugin = plugin;
        _calls = calls;
        _logger = environment.Logger;
        _tools = new ToolCaller(plugin, environment);
        _streamer = new ToolStreamer(_tools);
        _prompts = new PromptReader(plugin, environment);
        _storage = new StorageCaller(plugin, environment);
        _health = new HealthChecker(plugin, environment);
        Events = new EventHub(environment, calls.Canceled);
        Events.Subscribe(plugin);
        Lifecycle = new LifecycleCaller(plugin, environment, calls, Events);
    }

    public EventHub Events { get; }

    public LifecycleCaller Lifecycle { get; }

    /// <summary>Decides on plugins that register here; null to accept every one.</summary>
    public RegistrationHandler? Registration
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public ValueTask DispatchAsync(
        PluginRequest request, Peer peer, ResponseWriter responses, CancellationToken cancellationToken) =>
        request.RequestCase switch
        {
            RequestKind.ListTools => responses.WriteEncodedAsync(
                request.RequestId, PluginResponse.ListToolsFieldNumber, _plugin.EncodedTools),
            RequestKind.ListPrompts => responses.WriteEncodedAsync(
                request.RequestId, PluginResponse.ListPromptsFieldNumber, _plugin.EncodedPrompts),
            RequestKind.ToolCall or RequestKind.StreamStart or RequestKind.PromptGet or RequestKind.Publish
                or RequestKind.StorageRead or RequestKind.StorageWrite or RequestKind.StorageDelete or RequestKind.StorageList =>
                CallAsync(request, peer, responses, cancellationToken),
            RequestKind.Register or RequestKind.Boot or RequestKind.Shutdown or RequestKind.Health =>
                ManageAsync(request, peer, responses, cancellationToken),

            // It stops a running stream and has no answer of its own.
            RequestKind.StreamCancel => new ValueTask(peer.Streams.CancelAsync(request.StreamCancel.StreamId)),

            // A plugin has no way to deliver to a peer: its subscriptions are those of its own code.
            RequestKind.Subscribe => WriteFittingAsync(request, peer, Responses.Subscribed(request.Subscribe), responses),
            RequestKind.Unsubscribe => WriteAsync(request, Responses.Empty(), responses),
            _ => WriteAsync(request, Responses.Unknown(), responses),
        };

    private static ValueTask WriteAsync(PluginRequest request, PluginResponse response, ResponseWriter responses)
    {
        response.RequestId = request.RequestId;
        return responses.WriteAsync(response, last: true);
    }

    /// <summary>What counts as a call: it has a place of its own, and none when the plugin shuts down.</summary>
    private async ValueTask CallAsync(
        PluginRequest request, Peer peer, ResponseWriter responses, CancellationToken cancellationToken)
    {
        if (_calls.Enter() is { } refusal)
        {
            await WriteFittingAsync(request, peer, Responses.Refused(request, refusal), responses).ConfigureAwait(false);
            return;
        }

        try
        {
            if (request.RequestCase == RequestKind.StreamStart)
            {
                await _streamer
                    .RunAsync(request.RequestId, request.StreamStart, peer, responses, cancellationToken)
                    .ConfigureAwait(false);
            }
            else
            {
                PluginResponse response = await AnswerAsync(request, peer, cancellationToken).ConfigureAwait(false);
                await WriteFittingAsync(request, peer, response, responses).ConfigureAwait(false);
            }
        }
        finally
        {
            _calls.Leave();
        }
    }

    private async ValueTask<PluginResponse> AnswerAsync(PluginRequest request, Peer peer, CancellationToken cancellationToken)
    {
        switch (request.RequestCase)
        {
            case RequestKind.ToolCall:
                return new PluginResponse
                {
                    ToolCall = await _tools
                        .CallAsync(request.RequestId, request.ToolCall, peer, cancellationToken)
                        .ConfigureAwait(false),
                };
            case RequestKind.PromptGet:
                return new PluginResponse
                {
                    PromptGet = await _prompts
                        .GetAsync(request.RequestId, request.PromptGet, peer, cancellationToken)
                        .ConfigureAwait(false),
                };
            case RequestKind.Publish:
                return Events.Publish(request.Publish, peer) is { } refusal
                    ? new PluginResponse { ToolCall = refusal }
                    : Responses.Empty();
            default:
                return await _storage.CallAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the response, or an error in its place where it is too large.</summary>
    private static async ValueTask WriteFittingAsync(
        PluginRequest request, Peer peer, PluginResponse response, ResponseWriter responses)
    {
        ToolResponse error;
        try
        {
            await WriteAsync(request, response, responses).ConfigureAwait(false);
            return;
        }
        catch (MessageFramingException exception)
        {
            string what = request.RequestCase == RequestKind.ToolCall
                ? QuotedName.Of(request.ToolCall.ToolName)
                : request.RequestCase.ToString();
            peer.Log.ResultTooLarge(what, exception.Message, QuotedName.Bare(request.RequestId));
            error = Responses.ToolError(
                ErrorCodes.ResultTooLarge, $"the result is too large: {exception.Message}; ask for less at once");
        }
        catch (OverloadedException exception)
        {
            error = Responses.ToolError(ErrorCodes.Overloaded, exception.Message);
        }

        await WriteAsync(request, new PluginResponse { ToolCall = error }, responses).ConfigureAwait(false);
    }

    private async ValueTask ManageAsync(
        PluginRequest request, Peer peer, ResponseWriter responses, CancellationToken cancellationToken)
    {
        PluginResponse response = request.RequestCase switch
        {
            not RequestKind.Health when !peer.MayManage => Refuse(request, peer),
            RequestKind.Register => await RegisterAsync(request, peer, cancellationToken).ConfigureAwait(false),
            RequestKind.Boot => new PluginResponse
            {
                Boot = await Lifecycle.BootAsync(request.Boot, cancellationToken).ConfigureAwait(false),
            },
            RequestKind.Shutdown => new PluginResponse
            {
                Shutdown = await Lifecycle.ShutDownAsync(request.Shutdown).ConfigureAwait(false),
            },
            _ => new PluginResponse { Health = await _health.CheckAsync().ConfigureAwait(false) },
        };
        await WriteFittingAsync(request, peer, response, responses).ConfigureAwait(false);
    }

    private static PluginResponse Refuse(PluginRequest request, Peer peer)
    {
        string who = peer.Name is { } name ? $"the certificate {QuotedName.Of(name)}" : "a connection without a certificate";
        string why = $"only an orchestrator may send this, with a certificate named {Peer.OrchestratorPrefix}…, and not {who}";
        peer.Log.ManagementRefused(request.RequestCase, why);
        return Responses.ManagementRefused(request.RequestCase, why);
    }

    private async ValueTask<PluginResponse> RegisterAsync(PluginRequest request, Peer peer, CancellationToken cancellationToken)
    {
        if (Registration is not { } decide)
        {
            return Responses.Registered();
        }

        var context = new RegistrationContext { RequestId = request.RequestId, Peer = peer.Name };
        try
        {
            return new PluginResponse { Register = await decide(request.Register, context, cancellationToken).ConfigureAwait(false) };
        }
        catch (Exception exception)
        {
            _logger.HookFailed(exception, "registration");
            return new PluginResponse { Register = new RegistrationResult { RejectReason = exception.Message } };
        }
    }
}
