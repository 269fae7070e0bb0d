using System.CommandLine;
using System.CommandLine.Help;
using Orchestra.Examples.Host.Commands;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host;

/// <summary>From the arguments to a command, and from how that went to an exit code.</summary>
internal static class CommandLine
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    private const string Description = """
        A small orchestrator: starts Orchestra plugins, does something with them and ends them.

        Answers go to stdout: on a terminal for people, in a pipe as one line of JSON, or chunk by chunk; all else goes to stderr.
        Exit code: 0 success, 1 a tool's error or a failing plugin, 2 wrong usage.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        ParseResult parsed = Parse(args);
        if (parsed.Errors.Count > 0)
        {
            UsageReport.Write(parsed);
            return WrongUsage;
        }

        try
        {
            // Every way out of the program passes the code that ends the plugins; the library shall not take another.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, interruption.Token);
        }
        catch (UsageException exception)
        {
            UsageReport.Write(parsed, exception.Message);
            return WrongUsage;
        }
        catch (PluginException exception)
        {
            Screen.ErrorLine(TerminalText.Indent($"error: {exception.Message}", ""), Styles.Bad);
            return Failure;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Screen.ErrorLine("interrupted");
            return Interrupted;
        }
    }

    /// <summary>Words are taken as they are: none names a file of more words, and none is several options in one.</summary>
    public static ParseResult Parse(string[] args) =>
        Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    private static Command Create()
    {
        var options = new GlobalOptions();
        var root = new Command("orchestra-dev", Description)
        {
            ListCommand.Create(options),
            CallCommand.Create(options),
            CallCommand.CreateStream(options),
            PromptCommand.Create(options),
            StorageCommand.Create(options),
            EventsCommand.Create(options),
            ShellCommand.Create(options),
            WatchCommand.Create(options),
            AttachCommand.Create(options),
            RunCommand.Create(options),
            McpCommand.Create(options),
        };
        var help = new Command("help", "this") { Hidden = true };
        help.SetAction((_, cancellationToken) => HelpAsync(root, cancellationToken));
        root.Add(help);
        root.Add(new HelpOption());
        root.Add(new VersionOption());
        options.AddTo(root);
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (Repository.Find() is { } repository)
            {
                bool succeeded = await new Demonstration(options.Read(parsed, []), repository).RunAsync(cancellationToken);
                return succeeded ? Success : Failure;
            }

            return await HelpAsync(root, cancellationToken);
        });
        return root;
    }

    private static Task<int> HelpAsync(Command root, CancellationToken cancellationToken) =>
        root.Parse(["--help"]).InvokeAsync(cancellationToken: cancellationToken);
}
