using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>One request in, its response(s) out: admits it, has it answered as the table says, and sends the answer.</summary>
internal sealed class RequestDispatcher
{
    private readonly CallGate _calls;
    private readonly RequestTable _table;

    public RequestDispatcher(PluginInstance plugin, PluginEnvironment environment, CallGate calls)
    {
        _calls = calls;
        Events = new EventHub(environment, calls.Canceled);
        Events.Subscribe(plugin);
        Lifecycle = new LifecycleCaller(plugin, environment, calls, Events);
        Registration = new RegistrationCaller(environment);
        _table = new RequestTable(plugin, environment, Events, Lifecycle, Registration);
    }

    public EventHub Events { get; }

    public LifecycleCaller Lifecycle { get; }

    public RegistrationCaller Registration { get; }

    /// <summary>True when the plugin may end now.</summary>
    public async ValueTask<bool> DispatchAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        if (!_table.IsQuick(request.Message))
        {
            await ReceivingThread.LeaveAsync();
        }

        RequestRule rule = _table.For(request.Message.RequestCase);
        ToolResponse? refusal = rule.Admission switch
        {
            Admission.Call => await Begun(request, _calls.EnterAsync(request.Peer.Share, mayWait: true, cancellationToken)).ConfigureAwait(false),
            Admission.ImmediateCall => await _calls.EnterAsync(request.Peer.Share, mayWait: false, cancellationToken).ConfigureAwait(false),
            Admission.Management => RefusalToManage(request),
            _ => null,
        };
        if (refusal is not null)
        {
            await WriteAsync(request, rule.Refusal(request.Message, refusal)).ConfigureAwait(false);
            return false;
        }

        try
        {
            Answer answer = await Begun(request, rule.Handler(request, cancellationToken)).ConfigureAwait(false);
            await WriteAsync(request, answer).ConfigureAwait(false);
            await request.Responses.DeliverAsync(cancellationToken).ConfigureAwait(false);
            return answer.IsFarewell;
        }
        finally
        {
            if (rule.Admission is Admission.Call or Admission.ImmediateCall)
            {
                _calls.Leave(request.Peer.Share);
            }
        }
    }

    /// <summary>What was begun for a request. If it is not done, the request waits.</summary>
    private static ValueTask<T> Begun<T>(IncomingRequest request, ValueTask<T> begun)
    {
        if (!begun.IsCompleted)
        {
            request.Responses.LetOthers();
        }

        return begun;
    }

    /// <summary>Null, or why the peer may not.</summary>
    private static ToolResponse? RefusalToManage(IncomingRequest request)
    {
        Peer peer = request.Peer;
        if (peer.MayManage)
        {
            return null;
        }

        string who = peer.Name is { } name ? $"the certificate {QuotedName.Of(name)}" : "a connection without a certificate";
        string why = $"only an orchestrator may send this, with a certificate named {Peer.OrchestratorPrefix}…, and not {who}";
        peer.Log.ManagementRefused(request.Message.RequestCase, why);
        return Responses.ToolError(ErrorCodes.InvalidRequest, why);
    }

    /// <summary>Sends the answer, or an error in its place where there is no room for it.</summary>
    private static async ValueTask WriteAsync(IncomingRequest request, Answer answer)
    {
        ToolResponse error;
        try
        {
            if (answer.Response is { } response)
            {
                response.RequestId = request.Id;
                await request.Responses.WriteAsync(response, last: true).ConfigureAwait(false);
            }
            else if (answer.EncodedField > 0)
            {
                await request.Responses.WriteEncodedAsync(request.Id, answer.EncodedField, answer.Encoded).ConfigureAwait(false);
            }

            return;
        }
        catch (MessageFramingException exception)
        {
            request.Peer.Log.ResultTooLarge(NameOf(request.Message), exception.Message, QuotedName.Bare(request.Id));
            error = Responses.ToolError(
                ErrorCodes.ResultTooLarge, $"the result is too large: {exception.Message}; ask for less at once");
        }
        catch (OverloadedException exception)
        {
            error = Responses.ToolError(ErrorCodes.Overloaded, exception.Message);
        }

        await request.Responses
            .WriteAsync(new PluginResponse { RequestId = request.Id, ToolCall = error }, last: true)
            .ConfigureAwait(false);
    }

    private static string NameOf(PluginRequest request) =>
        request.ToolCall is { } call ? QuotedName.Of(call.ToolName) : request.RequestCase.ToString();
}
