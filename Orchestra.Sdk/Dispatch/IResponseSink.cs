using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Where the responses to one request go, in whatever language the peer speaks.</summary>
internal interface IResponseSink
{
    /// <summary>The request waits for something: others may be worked on meanwhile.</summary>
    void LetOthers()
    {
    }

    /// <summary>Sends a response. With <paramref name="last"/> no other one follows.</summary>
    /// <exception cref="MessageFramingException">It is too large; nothing was sent.</exception>
    /// <exception cref="OverloadedException">There is no room for it now; nothing was sent.</exception>
    ValueTask WriteAsync(PluginResponse response, bool last);

    /// <summary>Sends, as the last one, a response whose content is an encoded constant.</summary>
    /// <exception cref="MessageFramingException">It is too large; nothing was sent.</exception>
    /// <exception cref="OverloadedException">There is no room for it now; nothing was sent.</exception>
    ValueTask WriteEncodedAsync(string requestId, int fieldNumber, EncodedMessage content);

    /// <summary>Waits until the peer has taken most of what was sent, where it is kept until then.</summary>
    /// <exception cref="TimeoutException">It takes nothing.</exception>
    ValueTask DeliverAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
