using System.CommandLine;
using Google.Protobuf;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>storage list|read|write|delete PLUGIN …</c></summary>
internal static class StorageCommand
{
    public static Command Create(GlobalOptions options)
    {
        var type = new Option<string>("--type")
        {
            Description = "which kind of storage, where the plugin has several",
            HelpName = "KIND",
            Recursive = true,
        };
        return new Command("storage", "reads and writes what the plugin stores")
        {
            type, List(options, type), Read(options, type), Write(options, type), Delete(options, type),
        };
    }

    private static Command List(GlobalOptions options, Option<string> type)
    {
        Argument<string> plugin = CommandParts.Plugin();
        var prefix = new Argument<string>("PREFIX") { Description = "what paths begin with", Arity = ArgumentArity.ZeroOrOne };
        return new Command("list", "what there is") { plugin, prefix }.Does(options, plugin, (parsed, ensemble, cancellationToken) =>
            Of(ensemble, parsed, type).ListAsync(parsed.GetValue(prefix) ?? "", cancellationToken));
    }

    private static Command Read(GlobalOptions options, Option<string> type)
    {
        Argument<string> plugin = CommandParts.Plugin();
        Argument<string> path = Path();
        return new Command("read", "prints the content as it is") { plugin, path }.Does(
            options, plugin, (parsed, ensemble, cancellationToken) =>
                Of(ensemble, parsed, type).ReadAsync(parsed.GetRequiredValue(path), cancellationToken));
    }

    private static Command Write(GlobalOptions options, Option<string> type)
    {
        Argument<string> plugin = CommandParts.Plugin();
        Argument<string> path = Path();
        var file = new Argument<string>("FILE")
        {
            Description = "what to write; stdin where none is named",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var version = new Option<long?>("--version")
        {
            Description = "the version that must be there, 0 for none; whichever is there by default",
            HelpName = "N",
        };
        return new Command("write", "writes the content of a file") { plugin, path, file, version }.Does(
            options, plugin, async (parsed, ensemble, cancellationToken) => await Of(ensemble, parsed, type).WriteAsync(
                parsed.GetRequiredValue(path), await ContentAsync(parsed.GetValue(file), cancellationToken),
                parsed.GetValue(version), cancellationToken));
    }

    private static Command Delete(GlobalOptions options, Option<string> type)
    {
        Argument<string> plugin = CommandParts.Plugin();
        Argument<string> path = Path();
        return new Command("delete", "deletes it") { plugin, path }.Does(options, plugin, (parsed, ensemble, cancellationToken) =>
            Of(ensemble, parsed, type).DeleteAsync(parsed.GetRequiredValue(path), cancellationToken));
    }

    private static Argument<string> Path() => new("PATH") { Description = "where it is stored, as list tells it" };

    private static StorageAction Of(Ensemble ensemble, ParseResult parsed, Option<string> type) =>
        new(ensemble, parsed.GetValue(type) ?? "");

    private static async Task<ByteString> ContentAsync(string? file, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream content = file is null ? Console.OpenStandardInput() : File.OpenRead(file);
            return await ByteString.FromStreamAsync(content, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {exception.Message}");
        }
    }
}
