using Orchestra.Examples.Host.Commands;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host;

/// <summary>From the arguments to a command, and from how that went to an exit code.</summary>
internal static class CommandLine
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    private const string Usage = """
        A small orchestrator: starts plugins, does one thing with one of them and ends them.

        usage: host [OPTIONS]                                 a demonstration with examples/Greeter and examples/Notes
               host [OPTIONS] list PLUGIN                     the plugin's tools
               host [OPTIONS] call PLUGIN TOOL JSON           calls a tool with the arguments of a JSON object
               host [OPTIONS] stream PLUGIN TOOL JSON         calls a streaming tool and prints its chunks as they come
               host [OPTIONS] prompt PLUGIN NAME KEY=VALUE…   gets a prompt
               host [OPTIONS] mcp PLUGIN…                     offers the plugins to an AI client, as one MCP server on stdin and stdout

        PLUGIN is a native program, a .dll or the folder of a project, which is built first.

        --with PLUGIN           starts this one too, before the other: they reach each other through the host; repeatable
        --config KEY=VALUE      boots the plugins with it; repeatable
        --certs-dir DIR         the directory of the certificates; by default ones are made for this run
        --transport quic|tcp    how to reach the plugins; quic by default

        The answer goes to stdout as one line of JSON, or chunk by chunk; all else to stderr.
        Exit code: 0 success, 1 a tool's error or a failing plugin, 2 wrong usage.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        try
        {
            if (args is ["help" or "-h" or "-help" or "--help"])
            {
                Console.WriteLine(Usage);
                return Success;
            }

            bool succeeded = await Parse(args).RunAsync(interruption.Token);
            return succeeded ? Success : Failure;
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}\n\n{Usage}");
            return WrongUsage;
        }
        catch (PluginException exception)
        {
            Console.Error.WriteLine(TerminalText.Indent($"error: {exception.Message}", ""));
            return Failure;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("interrupted");
            return Interrupted;
        }
    }

    private static ICommand Parse(string[] args)
    {
        HostOptions options = HostOptions.Parse(args, out string[] command);
        return command switch
        {
            [] => new DemonstrationCommand(options),
            ["list", var plugin] => new ListCommand(options, plugin),
            ["list", ..] => throw new UsageException("list takes one argument: PLUGIN."),
            ["call", var plugin, var tool, var json] => new CallCommand(options, plugin, tool, JsonText.ParseObject(json)),
            ["call", ..] => throw new UsageException("call takes three arguments: PLUGIN TOOL JSON."),
            ["stream", var plugin, var tool, var json] => new StreamCommand(options, plugin, tool, JsonText.ParseObject(json)),
            ["stream", ..] => throw new UsageException("stream takes three arguments: PLUGIN TOOL JSON."),
            ["prompt", var plugin, var name, .. var pairs] => new PromptCommand(options, plugin, name, KeyValues.Parse(pairs)),
            ["prompt", ..] => throw new UsageException("prompt takes two arguments or more: PLUGIN NAME KEY=VALUE."),
            ["mcp", _, ..] => new McpCommand(options, command[1..]),
            ["mcp"] => throw new UsageException("mcp takes one argument or more: PLUGIN…."),
            [var unknown, ..] => throw new UsageException($"there is no command \"{unknown}\"."),
        };
    }
}
