using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>A <c>plugins.yaml</c>, as Orchestra's own orchestrator reads it.</summary>
internal sealed class PluginsFile
{
    /// <summary>Where the orchestrator listens.</summary>
    public string ListenAddress { get; private init; } = "localhost:50100";

    /// <summary>Where the certificates are.</summary>
    public string CertsDirectory { get; private init; } = "~/.orchestra/certs";

    /// <summary>The plugins to start, in this order.</summary>
    public IReadOnlyList<PluginEntry> Plugins { get; private init; } = [];

    /// <summary>What of each plugin, by its id, storage requests go to it for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> StorageTypes { get; private init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The ids of the plugins that are not enabled; a plugin is so only where the file says it.</summary>
    public IReadOnlyList<string> Disabled { get; private init; } = [];

    /// <summary>Whether a path is that of such a file.</summary>
    public static bool IsOne(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    /// <summary>The plugins of a command line, on which such a file stands for those in it.</summary>
    public static IReadOnlyList<PluginEntry> Expand(IEnumerable<string> plugins) =>
        [.. plugins.SelectMany(plugin => IsOne(plugin) ? Read(plugin).Plugins : [new PluginEntry(plugin)])];

    /// <exception cref="UsageException">The file is not there, or not as it should be.</exception>
    public static PluginsFile Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <param name="text">What is in the file.</param>
    /// <param name="path">Where it is: relative paths in it begin there.</param>
    /// <exception cref="UsageException">It is not as it should be.</exception>
    public static PluginsFile Parse(string text, string path)
    {
        Document document = Deserialize(text, path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<Item> items = document.Plugins ?? [];
        for (int index = 0; index < items.Count; index++)
        {
            Check(items[index], index, items, path);
        }

        Item[] enabled = [.. items.Where(item => item.Enabled)];
        return new PluginsFile
        {
            ListenAddress = document.ListenAddr is { Length: > 0 } address ? address : "localhost:50100",
            CertsDirectory = document.CertsDir is { Length: > 0 } directory ? directory : "~/.orchestra/certs",
            Plugins = [.. enabled.Select(item => item.ToEntry(folder))],
            StorageTypes = enabled.ToDictionary(item => item.Id!, IReadOnlyList<string> (item) => item.ProvidesStorage ?? []),
            Disabled = [.. items.Where(item => !item.Enabled).Select(item => item.Id!)],
        };
    }

    private static Document Deserialize(string text, string path)
    {
        try
        {
            return new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .IgnoreUnmatchedProperties()
                .Build()
                .Deserialize<Document?>(text) ?? new Document();
        }
        catch (YamlException exception)
        {
            string reason = exception.InnerException?.Message ?? exception.Message;
            throw new UsageException($"{path}, line {exception.Start.Line}: {reason}");
        }
    }

    private static void Check(Item item, int index, List<Item> items, string path)
    {
        string where = $"{path}, plugin {index + 1} of {items.Count}";
        if (item.Id is not { Length: > 0 } id)
        {
            throw new UsageException($"{where}: it has no id. Add the one that its program registers with, such as id: tools.notes.");
        }

        if (item.Binary is not { Length: > 0 })
        {
            throw new UsageException($"{where}, {id}: it has no binary. Add the path of its program, such as binary: ./bin/notes.");
        }

        if (items.FindIndex(other => other.Id == id) != index)
        {
            throw new UsageException($"{where}: the id {id} is there twice. Leave one of the two out.");
        }
    }

    /// <summary>The file as it is written.</summary>
    private sealed class Document
    {
        public string? ListenAddr { get; set; }

        // Orchestra's own listens there too; this host does not.
        public string? TcpAddr { get; set; }

        public string? CertsDir { get; set; }

        public List<Item>? Plugins { get; set; }
    }

    private sealed class Item
    {
        public string? Id { get; set; }

        public string? Binary { get; set; }

        public bool Enabled { get; set; }

        public List<string>? Args { get; set; }

        public Dictionary<string, string>? Env { get; set; }

        public Dictionary<string, string>? Config { get; set; }

        public List<string>? ProvidesStorage { get; set; }

        // Orchestra reads these two as well, and starts plugins in the order of the file nevertheless.
        public List<string>? ProvidesAi { get; set; }

        public List<string>? DependsOn { get; set; }

        public PluginEntry ToEntry(string folder) => new(Path.GetFullPath(Binary!, folder))
        {
            Id = Id,
            Arguments = [.. (Args ?? []).Select(argument => argument == "--workspace=." ? $"--workspace={folder}" : argument)],
            Environment = Env ?? [],
            Config = Config ?? [],
        };
    }
}
