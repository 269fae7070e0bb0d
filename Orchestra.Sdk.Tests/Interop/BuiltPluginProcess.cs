using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A plugin of the builder, run as a program: the test assembly itself.</summary>
internal static partial class BuiltPluginProcess
{
    public const string Command = "built-plugin";

    /// <summary>Says the plugin's id, where it is to be another one.</summary>
    public const string IdVariable = "BUILT_PLUGIN_ID";

    /// <summary>How many lines a call of <c>log</c> writes: more than a pipe and the log's queue hold together.</summary>
    public const int Lines = 3000;

    /// <summary>The program and the arguments that make it this plugin.</summary>
    public static string[] CommandLine(params string[] flags) =>
        ["dotnet", "exec", typeof(BuiltPluginProcess).Assembly.Location, Command, .. flags];

    /// <summary>What such a process does.</summary>
    public static Task<int> RunAsync(string[] flags) => new PluginBuilder(Environment.GetEnvironmentVariable(IdVariable) ?? "tools.built")
        .Version("1.2.3")
        .RegisterTool("ping", "Answers.", null, static (_, _, _) => new(ToolResult.Text("pong")))
        .RegisterTool("crash", "Fails where nobody waits for it.", null, static (_, _, _) =>
        {
            FailLater();
            new Thread(static () => throw new InvalidOperationException("on a thread")).Start();
            ThreadPool.QueueUserWorkItem(static _ => throw new InvalidOperationException("in the pool"));
            return new(ToolResult.Text("they fail"));
        })
        .RegisterTool("log", "Logs more than a pipe holds.", null, static (_, context, _) =>
        {
            for (int i = 0; i < Lines; i++)
            {
                WriteLine(context.Logger, i);
            }

            return new(ToolResult.Text("logged"));
        })
        .RegisterTool("print", "Prints as if it were an ordinary program.", null, static (_, _, _) =>
        {
            Console.WriteLine("to standard output");
            Console.Error.WriteLine("to standard error");
            return new(ToolResult.Text("printed"));
        })
        .RegisterTool("wait", "Answers when it is canceled.", null, static async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ToolResult.Text("canceled");
        })
        .RegisterTool("block", "Keeps its thread for six seconds.", null, static (_, _, _) =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(6));
            return new(ToolResult.Text("slept"));
        })
        .RegisterTool("print_everywhere", "Prints wherever it can, and has another process print and read.", null, static async (_, _, cancellationToken) =>
        {
            Console.WriteLine("printed by a line");
            Console.Write("printed by a part");
            await using Stream raw = Console.OpenStandardOutput();
            await raw.WriteAsync("printed by bytes\n"u8.ToArray(), cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                using var child = System.Diagnostics.Process.Start("/bin/sh", ["-c", "echo printed by a child; cat"]);
                await child.WaitForExitAsync(cancellationToken);
            }

            return ToolResult.Text("printed");
        })
        .RegisterTool("exit", "Ends the process.", null, static (_, _, _) =>
        {
            Environment.Exit(3);
            return new(ToolResult.Text("gone"));
        })
        .Build()
        .RunAsync(flags);

    [LoggerMessage(1, LogLevel.Warning, "a line that is long enough to fill a pipe with some thousands of its kind: {Number}")]
    private static partial void WriteLine(ILogger logger, int number);

    private static async void FailLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("in async void");
    }
}
