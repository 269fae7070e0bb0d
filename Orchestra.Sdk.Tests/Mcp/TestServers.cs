using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Plugins to be spoken to.</summary>
internal static class TestServers
{
    /// <summary>One with a single tool, which does what a test says.</summary>
    public static ExportedPlugin Of(ToolHandler handler, PluginServerOptions? options = null) =>
        new PluginBuilder("tools.test").Version("1.2.3").ServerOptions(options ?? new())
            .RegisterTool("tool", "Does what a test says.", null, handler).Export();

    public static ExportedPlugin Of(Func<CancellationToken, Task<ToolResult>> handler, PluginServerOptions? options = null) =>
        Of((_, _, token) => new ValueTask<ToolResult>(handler(token)), options);

    /// <summary>One whose single tool gives back its arguments.</summary>
    public static ExportedPlugin Echo(PluginServerOptions? options = null) =>
        Of(static (arguments, _, _) => new(ToolResult.Json(arguments)), options);

    /// <summary>One of a class with this body.</summary>
    public static ExportedPlugin OfBody(string members, PluginServerOptions? options = null) =>
        CompiledPlugin.LoadBody(members).Export(options);

    public static Struct Text(string text) => new() { Fields = { ["text"] = Value.ForString(text) } };
}
