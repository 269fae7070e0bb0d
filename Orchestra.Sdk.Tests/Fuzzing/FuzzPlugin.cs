using Orchestra.Sdk.Tests.Generators;
using Orchestra.Sdk.Tests.Generators.Agreement;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>The plugins that requests and arguments are tried on: one with members of every kind, and those that give back what they take.</summary>
internal static class FuzzPlugin
{
    private const int Tools = 80;

    private const string Members = """
        using Google.Protobuf;
        using Orchestra.Sdk.Messages;

        [Plugin("tools.fuzz")]
        public partial class Everything : IStorageHandler, ILifecycleHooks
        {
            private readonly Dictionary<string, ByteString> _entries = [];

            [Tool(Description = "d")] public object? Any(object? x) => x;
            [Tool(Description = "d")] public string Text(string x, int n = 1) => x;
            [Tool(Description = "d")] public string Fails(string x) => throw new InvalidOperationException(x);
            [StreamingTool(Description = "d")] public async IAsyncEnumerable<string> Stream([Range(0, 20)] int n = 3)
            {
                await Task.CompletedTask;
                for (var i = 0; i < n; i++)
                {
                    yield return "chunk";
                }
            }

            [Prompt(Description = "d")] public string Ask(string about, int words = 3) => about;
            [OnEvent("topic", "kind=a")] public Task On(Dictionary<string, object?> change) => Task.CompletedTask;

            public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
                new(_entries.TryGetValue(request.Path, out var content) ? new StorageReadResponse { Content = content, Version = 1 } : new());

            public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken)
            {
                _entries[request.Path] = request.Content;
                return new(new StorageWriteResponse { Success = true });
            }

            public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
                new(new StorageDeleteResponse { Success = _entries.Remove(request.Path) });

            public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
                new(new StorageListResponse { Entries = { new StorageEntry { Path = request.Prefix } } });

            public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken) => default;

            public ValueTask ShutdownAsync(CancellationToken cancellationToken) => default;
        }

        [Flags] public enum Access { None = 0, Read = 1, Write = 2, Both = 3 }

        [Plugin("tools.sets")]
        public partial class Sets
        {
            [Tool(Description = "d")] public HashSet<double> Doubles([MaxLength(20_000)] HashSet<double> x) => x;
            [Tool(Description = "d")] public HashSet<string> Texts(HashSet<string> x) => x;
            [Tool(Description = "d")] public Access Flags(Access x) => x;
            [Tool(Description = "d")] public Dictionary<int, bool> Keys(Dictionary<int, bool> x) => x;
            [Tool(Description = "d")] public object? Any(object? x) => x;
            [Tool(Description = "d")] public System.Text.Json.JsonElement Json(System.Text.Json.JsonElement x) => x;
            [Tool(Description = "d")] public System.Text.Json.Nodes.JsonNode? Node(System.Text.Json.Nodes.JsonNode? x) => x;
            [Tool(Description = "d")] public string Pattern([RegularExpression("[a-z]+[0-9]?")] string x) => x;
            [Tool(Description = "d")] public List<List<int>> Lists([MaxLength(3)] List<List<int>> x) => x;
        }
        """;

    private static readonly EchoPlugin Echo = new(new Random(1), Tools);

    private static readonly Lazy<IReadOnlyList<CompiledPlugin>> Compiled = new(static () =>
        CompiledPlugin.LoadAll(Members + "\n" + Echo.Source, ["Everything", "Sets", .. EchoPlugin.Profiles.Select(EchoPlugin.NameOf)]));

    /// <summary>The one with members of every kind.</summary>
    public static CompiledPlugin Everything => Compiled.Value[0];

    /// <summary>Those that give back what they take.</summary>
    public static IReadOnlyList<CompiledPlugin> Echoes => [.. Compiled.Value.Skip(1)];
}
