using System.Diagnostics;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>Programs that nobody here wrote, from npm, run by the Node that comes with them.</summary>
internal static class NodeClients
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string Folder { get; } = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "mcp");

    /// <summary>Runs a script, named from the folder of the packages or of our own scripts, to its end.</summary>
    public static Task<ProcessResult> RunAsync(string script, params string[] arguments) =>
        RunAsync(script, new Dictionary<string, string>(), arguments);

    /// <summary>As above, with these variables.</summary>
    public static Task<ProcessResult> RunAsync(string script, Dictionary<string, string> environment, params string[] arguments)
    {
        string node = Path.Combine(Folder, "node_modules", "node", "bin", "node");
        if (!File.Exists(node))
        {
            MissingPeer.Report("the clients of MCP are not installed", "npm ci --prefix Orchestra.Sdk.Tests/Interop/mcp");
        }

        var start = new ProcessStartInfo(node, [Path.Combine(Folder, script), .. arguments]) { WorkingDirectory = Folder };

        // Some of them start others by its name.
        start.Environment["PATH"] = $"{Path.GetDirectoryName(node)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return ChildProcess.RunAsync(start, Limit);
    }
}
