using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Has the program decide on plugins that register here, where it is an orchestrator itself.</summary>
internal sealed class RegistrationCaller(PluginEnvironment environment)
{
    /// <summary>Decides; null to accept every one.</summary>
    public RegistrationHandler? Decide
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public async ValueTask<Answer> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        if (Decide is not { } decide)
        {
            return Responses.Registered();
        }

        var context = new RegistrationContext { RequestId = request.Id, Peer = request.Peer.Name };
        try
        {
            return new PluginResponse
            {
                Register = await decide(request.Message.Register, context, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (Exception exception)
        {
            environment.Logger.HookFailed(exception, "registration");
            return new PluginResponse { Register = new RegistrationResult { RejectReason = InnermostReason.Of(exception) } };
        }
    }
}
