using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk;
using Orchestra.Sdk.Mcp;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>What clients of MCP see of several plugins: one that has the tools, prompts and storage of all.</summary>
internal static class McpFront
{
    private const string Id = "host.mcp";

    /// <summary>Serves a client until it ends its messages.</summary>
    public static async Task RunAsync(
        IReadOnlyList<PluginSession> sessions, Stream input, Stream output, CancellationToken cancellationToken)
    {
        var storage = new StorageRouter();
        string[] types = [.. sessions.SelectMany(session => session.Manifest.ProvidesStorage)];
        string description = string.Join('\n', sessions.Select(session => $"{session.Manifest.Id}: {session.Manifest.Description}"));
        await using ExportedPlugin front = new PluginBuilder(Id)
            .Description(description)
            .ProvidesStorage(types)
            .SetStorageHandler(storage)
            .Export();
        var routes = new Routes(front.Server, storage);
        foreach (PluginSession session in sessions)
        {
            routes.Add(session);
        }

        await front.Server.RunMcpAsync(input, output, cancellationToken);
    }
}
