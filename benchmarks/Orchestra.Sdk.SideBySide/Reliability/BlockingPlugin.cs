namespace Orchestra.Sdk.SideBySide.Reliability;

/// <summary>A plugin with a tool that answers at once and one that keeps its thread.</summary>
internal static class BlockingPlugin
{
    /// <summary>As the first argument it makes this program that plugin.</summary>
    public const string Command = "blocking-plugin";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static Task<int> RunAsync(string[] flags) => new PluginBuilder("tools.blocking")
        .RegisterTool("quick", "Answers.", null, static (_, _, _) => new(ToolResult.Text("done")))
        .RegisterTool("block", "Keeps its thread for a minute, or until it is canceled.", null, static (_, _, cancellationToken) =>
        {
            cancellationToken.WaitHandle.WaitOne(Long);
            return new(ToolResult.Text("done"));
        })
        .Build()
        .RunAsync(flags);
}
