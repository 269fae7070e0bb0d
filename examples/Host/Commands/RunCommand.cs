using System.CommandLine;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary>
/// <c>run plugins.yaml</c>: what Orchestra's own orchestrator does with such a file; and says what that one would not do.
/// </summary>
internal static class RunCommand
{
    public static Command Create(GlobalOptions options)
    {
        var path = new Argument<string>("FILE") { Description = "a plugins.yaml, as Orchestra's own orchestrator reads it" };
        return new Command("run", "starts the plugins of a plugins.yaml, and shows what they log and publish") { path }.Does(
            (parsed, cancellationToken) =>
            {
                PluginsFile file = PluginsFile.Read(parsed.GetRequiredValue(path));
                HostOptions read = options.Read(parsed, file.Plugins);
                return RunAsync(file, read with
                {
                    CertsDirectory = read.CertsDirectory ?? file.CertsDirectory,
                    ListenAddress = read.ListenAddress ?? file.ListenAddress,
                }, cancellationToken);
            });
    }

    private static async Task<bool> RunAsync(PluginsFile file, HostOptions options, CancellationToken cancellationToken)
    {
        foreach (string id in file.Disabled)
        {
            Warn($"{id} is not started: add enabled: true.");
        }

        await using Ensemble ensemble = await Ensemble.StartEmptyAsync(options, cancellationToken);
        Screen.ErrorLine(
            $"listening at {ensemble.Orchestrator.Address}, with the certificates of {options.CertsDirectory}", Styles.Quiet);
        int failed = 0;
        foreach (PluginEntry entry in file.Plugins)
        {
            failed += await TryStartAsync(ensemble, entry, file, cancellationToken) ? 0 : 1;
        }

        EventAction.Watch(ensemble, []);
        Screen.ErrorLine($"{ensemble.Sessions.Count} of {file.Plugins.Count} plugins run");
        if (ensemble.Sessions.Count > 0)
        {
            foreach (PluginSession session in ensemble.Sessions)
            {
                _ = TellEndAsync(session, cancellationToken);
            }

            await CommandParts.WaitForInterruptionAsync(cancellationToken);
            await ensemble.EndAsync(wasInterrupted: true, CancellationToken.None);
        }

        return failed == 0 && file.Plugins.Count > 0;
    }

    /// <summary>One that does not start is no reason for the others not to.</summary>
    private static async Task<bool> TryStartAsync(
        Ensemble ensemble, PluginEntry entry, PluginsFile file, CancellationToken cancellationToken)
    {
        try
        {
            PreparedPlugin prepared = await PreparedPlugin.PrepareAsync(entry, ensemble.Options, cancellationToken);
            PluginSession session = await ensemble.AddAsync(prepared, cancellationToken);
            string storage = string.Join(", ", session.Manifest.ProvidesStorage);
            Screen.ErrorLine(
                TerminalText.Clean(
                    $"{entry.Id} runs at {session.Address} as process {session.ProcessId}: {Count(session.Tools.Count, "tool")}, " +
                    $"{Count(session.Prompts.Count, "prompt")}{(storage.Length > 0 ? $", storage {storage}" : "")}"),
                Styles.Good);
            Compare(entry, session, file.StorageTypes[entry.Id!]);
            return true;
        }
        catch (Exception exception) when (exception is PluginException or UsageException)
        {
            Screen.ErrorLine(TerminalText.Indent($"error: {entry.Id}: {exception.Message}", ""), Styles.Bad);
            return false;
        }
    }

    /// <summary>Says where the file and the plugin do not agree, as Orchestra goes by the file.</summary>
    private static void Compare(PluginEntry entry, PluginSession session, IReadOnlyList<string> storageTypes)
    {
        if (session.Manifest.Id != entry.Id)
        {
            Warn($"the file names it {entry.Id}, and it registers as {session.Manifest.Id}: make the two one.");
        }

        string[] missing = [.. session.Manifest.ProvidesStorage.Except(storageTypes)];
        if (missing.Length > 0)
        {
            Warn($"Orchestra would send {entry.Id} no storage requests: add provides_storage: [{string.Join(", ", missing)}].");
        }
    }

    private static async Task TellEndAsync(PluginSession session, CancellationToken cancellationToken)
    {
        try
        {
            string end = await session.WatchEndAsync(cancellationToken);
            Screen.ErrorLine(TerminalText.Clean(end), Styles.Bad);
        }
        catch (OperationCanceledException)
        {
            // It was ended with the others.
        }
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static void Warn(string text) => Screen.ErrorLine(TerminalText.Clean($"warning: {text}"), Styles.Name);
}
