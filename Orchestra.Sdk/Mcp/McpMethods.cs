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
    public const string Initialized = "notifications/initialized";

    private readonly Dictionary<string, McpMethod> _methods = new(StringComparer.Ordinal);

    /// <param name="server">The plugin.</param>
    /// <param name="canChange">Whether tools and prompts may be added meanwhile.</param>
    /// <param name="peer">The client.</param>
    /// <param name="output">Where it reads.</param>
    public McpMethods(PluginServer server, bool canChange, Peer peer, MessageOutput output)
    {
        var offer = new McpOffer(server.Plugin, canChange);
        var identity = new ServerIdentity(server.Plugin, offer);
        Add(Initialize, ProtocolEra.Legacy, identity.InitializeAsync);
        Add(Ping, ProtocolEra.Legacy, identity.PingAsync);
        Add("server/discover", ProtocolEra.Modern, identity.DiscoverAsync);
        if (offer.HasTools)
        {
            var tools = new McpTools(server, identity, offer, peer, output);
            Add("tools/list", ProtocolEra.Both, tools.ListAsync);
            Add("tools/call", ProtocolEra.Both, tools.CallAsync);
        }

        if (offer.HasPrompts)
        {
            var prompts = new McpPrompts(server, identity, offer, peer);
            Add("prompts/list", ProtocolEra.Both, prompts.ListAsync);
            Add("prompts/get", ProtocolEra.Both, prompts.GetAsync);
            if (offer.HasCompletions)
            {
                Add("completion/complete", ProtocolEra.Both, prompts.CompleteAsync);
            }
        }

        if (offer.HasResources)
        {
            var resources = new McpResources(server, identity, peer);
            Add("resources/list", ProtocolEra.Both, resources.ListAsync);
            Add("resources/templates/list", ProtocolEra.Both, resources.ListTemplatesAsync);
            Add("resources/read", ProtocolEra.Both, resources.ReadAsync);
        }

        if (canChange)
        {
            Changes = new ListChanges(server.Plugin, output, identity);
            Add("subscriptions/listen", ProtocolEra.Modern, Changes.ListenAsync);
        }
    }

    /// <summary>Tells of what was added; null where nothing can be.</summary>
    public ListChanges? Changes { get; }

    /// <summary>Who answers a method.</summary>
    /// <exception cref="JsonRpcException">Nobody in that era.</exception>
    public McpHandler Find(string method, ProtocolEra era) =>
        _methods.GetValueOrDefault(method) is { } known && known.Eras.HasFlag(era)
            ? known.Handler
            : throw new JsonRpcException(JsonRpcCodes.MethodNotFound, $"there is no method {QuotedName.Of(method)} here");

    private void Add(string method, ProtocolEra eras, McpHandler handler) => _methods.Add(method, new McpMethod(eras, handler));

    private sealed class McpMethod(ProtocolEra eras, McpHandler handler)
    {
        public ProtocolEra Eras => eras;

        public McpHandler Handler => handler;
    }
}
