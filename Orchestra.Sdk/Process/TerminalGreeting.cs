using System.Net;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>What a plugin says to a person who started it.</summary>
internal static class TerminalGreeting
{
    public static string Of(PluginDefinition definition, string program, IPEndPoint endPoint)
    {
        var manifest = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray());
        string tools = manifest.ProvidesTools.Count == 0 ? "none" : string.Join(", ", manifest.ProvidesTools);
        return $"""
            {definition.Id} {definition.Version} is a plugin: an orchestrator starts it and calls its tools ({tools}).
            It now waits at {endPoint} for one. End it with Ctrl+C; {program} --help shows its flags, {program} --describe what it offers.
            """;
    }

    /// <summary>To one who has started it as an MCP server.</summary>
    public static string OfMcp(PluginDefinition definition, string program) => $"""
        {definition.Id} {definition.Version} is an MCP server now: an AI client starts it so and sends it messages, a line each.
        End it with Ctrl+D; {program} --mcp-config prints what to tell such clients.
        """;
}
