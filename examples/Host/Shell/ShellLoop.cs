using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Shell;

/// <summary>Line after line: from a terminal with a prompt, completion and history, or from a pipe.</summary>
internal sealed class ShellLoop(ShellSession session)
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(50);

    private static bool IsInteractive =>
        !Console.IsInputRedirected && Screen.HasViewer && Screen.Output.Profile.Capabilities.Ansi;

    /// <returns>False when a line failed that came from a pipe.</returns>
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        IsInteractive ? RunInteractivelyAsync(cancellationToken) : RunPipeAsync(cancellationToken);

    private async Task<bool> RunInteractivelyAsync(CancellationToken cancellationToken)
    {
        var history = new History(History.DefaultPath);
        var editor = new LineEditor(history);
        Screen.Line("Type the name of a tool; Tab completes, help lists what else there is, Ctrl-D ends.", Styles.Quiet);

        // Ctrl-C then is a key. As a signal it would end the plugins too, which the terminal counts to the same program.
        Console.TreatControlCAsInput = true;
        try
        {
            while (!cancellationToken.IsCancellationRequested
                && editor.Read(Prompt(), Completer.Of(session.Ensemble)) is { } line && line.Trim() != Verbs.Exit)
            {
                await RunCancelablyAsync(line, cancellationToken);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            history.Save();
        }

        return true;
    }

    private async Task<bool> RunPipeAsync(CancellationToken cancellationToken)
    {
        bool succeeded = true;
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line && line.Trim() != Verbs.Exit)
        {
            succeeded &= await TryAsync(line, cancellationToken);
        }

        return succeeded;
    }

    /// <summary>Ctrl-C ends what a line does, and not the shell.</summary>
    private async Task RunCancelablyAsync(string line, CancellationToken cancellationToken)
    {
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> running = TryAsync(line, canceled.Token);
        while (await Task.WhenAny(running, Task.Delay(KeyInterval, CancellationToken.None)) != running)
        {
            while (Console.KeyAvailable)
            {
                if (Console.ReadKey(intercept: true) is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    await canceled.CancelAsync();
                }
            }
        }
    }

    private async Task<bool> TryAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            return await session.RunAsync(line, cancellationToken);
        }
        catch (Exception exception) when (exception is UsageException or PluginException)
        {
            Screen.ErrorLine(TerminalText.Indent($"error: {exception.Message}", ""), Styles.Bad);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Screen.ErrorLine("canceled", Styles.Bad);
            return false;
        }
    }

    private string Prompt() => $"{session.Ensemble.Plugins switch
    {
        [{ Manifest.Id: { Length: > 0 } id }] => TerminalText.Clean(id),
        [var only] => TerminalText.Clean(only.Name),
        var several => $"{several.Count} plugins",
    }}> ";
}
