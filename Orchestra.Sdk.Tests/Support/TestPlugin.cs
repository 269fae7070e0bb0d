using System.Text;
using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

internal delegate ValueTask<ToolResponse>? TestToolHandler(
    ToolRequest request, ToolContext context, CancellationToken cancellationToken);

/// <summary>A plugin as the generator would write it, whose only tool does what a test says.</summary>
internal sealed class TestPlugin(TestToolHandler? onCall = null) : IPlugin<TestPlugin>
{
    public const string ManifestJson = """{"id":"tools.test","version":"1.2.3"}""";

    public static readonly PluginManifest Manifest = new()
    {
        Id = "tools.test",
        Version = "1.2.3",
        Language = "csharp",
        ProvidesTools = { "tool" },
    };

    public static readonly ListToolsResponse Tools = new()
    {
        Tools = { new ToolDefinition { Name = "tool", Description = "Does what a test says." } },
    };

    public static EncodedMessage Encode(IMessage message) => new(Encoding.Latin1.GetString(message.ToByteArray()));

    public static PluginDefinition<TestPlugin> Definition { get; } = new TestDefinition();

    private sealed class TestDefinition : PluginDefinition<TestPlugin>
    {
        private static readonly EncodedMessage ManifestConstant = Encode(Manifest);
        private static readonly EncodedMessage ToolsConstant = Encode(Tools);

        public override string Id => "tools.test";

        public override string Version => "1.2.3";

        public override string Description => "";

        public override ReadOnlySpan<byte> ManifestJson => """{"id":"tools.test","version":"1.2.3"}"""u8;

        public override EncodedMessage EncodedManifest => ManifestConstant;

        public override EncodedMessage EncodedTools => ToolsConstant;

        public override ValueTask<ToolResponse>? CallTool(
            TestPlugin plugin, ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            plugin.Call(request, context, cancellationToken);
    }

    private ValueTask<ToolResponse>? Call(ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
        onCall is null || request.ToolName != "tool" ? null : onCall(request, context, cancellationToken);
}
