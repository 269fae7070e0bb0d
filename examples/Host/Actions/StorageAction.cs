using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;
using Spectre.Console;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Reads and writes what a plugin stores, of one kind.</summary>
/// <param name="ensemble">The plugins.</param>
/// <param name="type">The kind; empty where there is but one.</param>
internal sealed class StorageAction(Ensemble ensemble, string type)
{
    public async Task<bool> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        StorageListResponse answer = await SendAsync(
            kind => new PluginRequest { StorageList = new StorageListRequest { Prefix = prefix, StorageType = kind } },
            response => response.StorageList, cancellationToken);
        if (!ensemble.Options.Printer.ForPeople)
        {
            Console.WriteLine(AnswerJson.Format(answer));
            return true;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("path", "size", "version", "modified");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        foreach (StorageEntry entry in answer.Entries)
        {
            table.AddRow(
                SafeText.Of(entry.Path, Styles.Name),
                SafeText.Of(entry.Size.ToString(CultureInfo.InvariantCulture)),
                SafeText.Of(entry.Version.ToString(CultureInfo.InvariantCulture)),
                SafeText.Of(entry.ModifiedAt is { } time ? $"{time.ToDateTimeOffset().ToLocalTime():yyyy-MM-dd HH:mm:ss}" : ""));
        }

        Screen.Output.Write(table);
        ensemble.Options.Printer.PrintTime(clock);
        return true;
    }

    /// <summary>Prints the content as it is.</summary>
    /// <returns>False when there is nothing.</returns>
    public async Task<bool> ReadAsync(string path, CancellationToken cancellationToken)
    {
        StorageReadResponse answer = await ReadEntryAsync(path, cancellationToken);
        if (answer.Version == 0)
        {
            Screen.ErrorLine(TerminalText.Clean($"there is nothing at {path}: storage list shows what there is."), Styles.Bad);
            return false;
        }

        await using Stream output = Console.OpenStandardOutput();
        await output.WriteAsync(
            Screen.HasViewer
                ? Encoding.UTF8.GetBytes($"{TerminalText.Indent(answer.Content.ToStringUtf8().TrimEnd('\n'), "")}\n")
                : answer.Content.Memory,
            cancellationToken);
        return true;
    }

    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="version">The version that is to be there, 0 for none; null for whichever is there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when it was not written.</returns>
    public async Task<bool> WriteAsync(string path, ByteString content, long? version, CancellationToken cancellationToken)
    {
        var write = new StorageWriteRequest
        {
            Path = path,
            Content = content,
            ExpectedVersion = version ?? (await ReadEntryAsync(path, cancellationToken)).Version,
        };
        StorageWriteResponse answer = await SendAsync(kind =>
        {
            write.StorageType = kind;
            return new PluginRequest { StorageWrite = write };
        }, response => response.StorageWrite, cancellationToken);
        if (answer.Success)
        {
            Screen.ErrorLine(TerminalText.Clean($"wrote {path}, which is version {answer.NewVersion} now"));
        }
        else
        {
            Screen.ErrorLine(TerminalText.Indent($"{path} was not written: {answer.Error}", ""), Styles.Bad);
        }

        return answer.Success;
    }

    /// <returns>False when it was not deleted.</returns>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        StorageDeleteResponse answer = await SendAsync(
            kind => new PluginRequest { StorageDelete = new StorageDeleteRequest { Path = path, StorageType = kind } },
            response => response.StorageDelete, cancellationToken);
        if (answer.Success)
        {
            Screen.ErrorLine(TerminalText.Clean($"deleted {path}"));
        }
        else
        {
            Screen.ErrorLine(TerminalText.Clean($"{path} was not deleted: is it there? storage list shows what there is."), Styles.Bad);
        }

        return answer.Success;
    }

    private Task<StorageReadResponse> ReadEntryAsync(string path, CancellationToken cancellationToken) => SendAsync(
        kind => new PluginRequest { StorageRead = new StorageReadRequest { Path = path, StorageType = kind } },
        response => response.StorageRead, cancellationToken);

    private async Task<T> SendAsync<T>(
        Func<string, PluginRequest> request, Func<PluginResponse, T?> choose, CancellationToken cancellationToken)
        where T : class
    {
        (PluginSession plugin, string kind) = Find();
        PluginResponse answer = await plugin.Connection.ForwardAsync(request(kind), cancellationToken);
        return choose(answer)
            ?? throw new PluginException($"{plugin.Name} refused: {answer.ToolCall?.ErrorMessage ?? "no answer came"}");
    }

    private (PluginSession Plugin, string Kind) Find()
    {
        (PluginSession Plugin, string Kind)[] all =
            [.. ensemble.Plugins.SelectMany(plugin => plugin.Manifest.ProvidesStorage, (plugin, kind) => (plugin, kind))];
        string names = string.Join(", ", all.Select(one => one.Kind));
        (PluginSession Plugin, string Kind)[] meant = [.. all.Where(one => type.Length == 0 || one.Kind == type)];
        return meant switch
        {
            [var one] => one,

            // One that has not registered here says nothing of its kinds.
            [] when ensemble.Plugins is [{ Manifest.Id: "" } only] => (only, type),
            [] when names.Length == 0 => throw new UsageException(
                "the plugin provides no storage: [Plugin(ProvidesStorage = [\"…\"])] says which kinds it has."),
            [] => throw new UsageException(
                $"there is no storage \"{type}\": {Nearest.Hint(type, all.Select(one => one.Kind))}The kinds are {names}."),
            _ => throw new UsageException($"there are several kinds of storage: choose one by --type, of {names}."),
        };
    }
}
