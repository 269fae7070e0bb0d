using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A request, who sent it and where its responses go.</summary>
internal readonly record struct IncomingRequest(PluginRequest Message, Peer Peer, IResponseSink Responses)
{
    public string Id => Message.RequestId;
}
