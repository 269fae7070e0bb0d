using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What the peers' servers are too: a plugin whose <c>echo</c> returns its arguments.</summary>
internal sealed class EchoPlugin : IPlugin<EchoPlugin>
{
    public const string Id = "test.echo";

    public static PluginDefinition<EchoPlugin> Definition { get; } = new EchoDefinition();

    private sealed class EchoDefinition : PluginDefinition<EchoPlugin>
    {
        public override string Id => EchoPlugin.Id;

        public override string Version => "1.0.0";

        public override string Description => "";

        public override ReadOnlySpan<byte> ManifestJson => "{}"u8;

        public override EncodedMessage EncodedManifest => default;

        public override EncodedMessage EncodedTools => default;

        public override ValueTask<ToolResponse>? CallTool(
            EchoPlugin plugin, ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            request.ToolName == "echo" ? new(new ToolResponse { Success = true, Result = request.Arguments }) : null;
    }
}
