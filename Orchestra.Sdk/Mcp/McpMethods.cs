using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>Makes the answer to a request. What it throws becomes an error.</summary>
internal delegate ValueTask<OutgoingLine> McpHandler(McpRequest request);

/// <summary>What is done with each method. All that depends on the method is here.</summary>
internal sealed class McpMethods
{
    public const string Initialize = "initialize";
    public const string Ping = "ping";
    public const string Cancelled = "notifications/cancelled";

    private readonly Dictionary<string, (ProtocolEra Eras, McpHandler Handler)> _methods = new(StringComparer.Ordinal);

    public McpMethods(PluginServer server, McpOffer offer, Peer peer)
    {
        var identity = new ServerIdentity(server.Plugin, offer);
        Add(Initialize, ProtocolEra.Legacy, identity.InitializeAsync);
        Add(Ping, ProtocolEra.Legacy, identity.PingAsync);
        Add("server/discover", ProtocolEra.Modern, identity.DiscoverAsync);
        if (offer.HasTools)
        {
            var tools = new McpTools(server, identity, offer, peer);
            Add("tools/list", ProtocolEra.Both, tools.ListAsync);
            Add("tools/call", ProtocolEra.Both, tools.CallAsync);
        }
    }

    /// <summary>Who answers a method.</summary>
    /// <exception cref="JsonRpcException">Nobody in that era.</exception>
    public McpHandler Find(string method, ProtocolEra era) =>
        _methods.TryGetValue(method, out (ProtocolEra Eras, McpHandler Handler) known) && known.Eras.HasFlag(era)
            ? known.Handler
            : throw new JsonRpcException(JsonRpcCodes.MethodNotFound, $"there is no method {QuotedName.Of(method)} here");

    private void Add(string method, ProtocolEra eras, McpHandler handler) => _methods.Add(method, (eras, handler));
}
