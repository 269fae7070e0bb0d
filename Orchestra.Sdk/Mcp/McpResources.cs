using System.Text.Json;
using System.Text.Unicode;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Mcp;

/// <summary>The plugin's storage, to be read: <c>resources/list</c>, <c>resources/templates/list</c> and <c>resources/read</c>.</summary>
/// <param name="server">Whose storage it is.</param>
/// <param name="identity">Begins the results.</param>
/// <param name="peer">The client.</param>
internal sealed class McpResources(PluginServer server, ServerIdentity identity, Peer peer)
{
    /// <summary>More go on another page.</summary>
    private const int PageSize = 1000;

    private readonly IReadOnlyList<string> _types = TypesOf(server.Plugin);

    /// <summary>The types of storage that the manifest names.</summary>
    public static IReadOnlyList<string> TypesOf(PluginInstance plugin) =>
        PluginManifest.Parser.ParseFrom(plugin.Definition.EncodedManifest.ToArray()).ProvidesStorage;

    public async ValueTask<OutgoingLine> ListAsync(McpRequest request)
    {
        string? after = Cursor.Of(request);
        if (after is not null && !ResourceAddress.TryParse(after, out _))
        {
            throw Cursor.Unknown(after);
        }

        List<Found> found = await FindAsync(after, request.Canceled).ConfigureAwait(false);
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WriteStartArray("resources"u8);
        for (int i = 0; i < found.Count && i < PageSize; i++)
        {
            Write(line.Json, found[i]);
        }

        line.Json.WriteEndArray();
        if (found.Count > PageSize)
        {
            line.Json.WriteString("nextCursor"u8, found[PageSize - 1].Uri);
        }

        ServerIdentity.WriteCaching(line.Json, request, canChange: true, isPublic: false);
        return line.EndFor(peer.Share.Bytes);
    }

    public ValueTask<OutgoingLine> ListTemplatesAsync(McpRequest request)
    {
        Cursor.RefuseAny(request);
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WriteStartArray("resourceTemplates"u8);
        foreach (string type in _types)
        {
            line.Json.WriteStartObject();
            line.Json.WriteString("uriTemplate"u8, ResourceAddress.TemplateOf(type));
            line.Json.WriteString("name"u8, type);
            line.Json.WriteString("description"u8, $"An entry of the storage {type}, by its path.");
            line.Json.WriteEndObject();
        }

        line.Json.WriteEndArray();
        ServerIdentity.WriteCaching(line.Json, request, canChange: false);
        return new(line.End());
    }

    public async ValueTask<OutgoingLine> ReadAsync(McpRequest request)
    {
        string uri = UriOf(request.Params);
        if (!ResourceAddress.TryParse(uri, out ResourceAddress? address) || !_types.Contains(address.StorageType))
        {
            throw NotFound(request, uri);
        }

        var asked = new StorageReadRequest { Path = address.Path, StorageType = address.StorageType };
        StorageReadResponse? found = await server.Calls
            .RunAsync(peer.Share, () => Storage.ReadAsync(asked, request.Canceled), request.Canceled)
            .ConfigureAwait(false);
        if (found is not { Version: > 0 })
        {
            throw NotFound(request, uri);
        }

        ReadOnlySpan<byte> content = found.Content.Span;
        bool isText = Utf8.IsValid(content) && !content.Contains((byte)0);
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WriteStartArray("contents"u8);
        line.Json.WriteStartObject();
        line.Json.WriteString("uri"u8, uri);
        line.Json.WriteString("mimeType"u8, MediaTypes.Of(address.Path) ?? (isText ? "text/plain" : "application/octet-stream"));
        if (isText)
        {
            line.Json.WriteString("text"u8, content);
        }
        else
        {
            line.Json.WriteBase64String("blob"u8, content);
        }

        line.Json.WriteEndObject();
        line.Json.WriteEndArray();
        ServerIdentity.WriteCaching(line.Json, request, canChange: true, isPublic: false);
        return line.EndFor(peer.Share.Bytes);
    }

    private IStorageHandler Storage =>
        server.Plugin.Storage ?? throw new JsonRpcException(JsonRpcCodes.InternalError, "the plugin has no storage any more");

    /// <summary>The entries after an address, at least one more than a page where there are so many, in the order of their addresses.</summary>
    private async ValueTask<List<Found>> FindAsync(string? after, CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        foreach (string type in _types)
        {
            var asked = new StorageListRequest { StorageType = type };
            StorageListResponse? listed = await server.Calls
                .RunAsync(peer.Share, () => Storage.ListAsync(asked, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (StorageEntry entry in listed?.Entries ?? [])
            {
                if (ResourceAddress.Of(type, entry.Path) is { } uri && (after is null || string.CompareOrdinal(uri, after) > 0))
                {
                    found.Add(new Found(uri, entry));
                }
            }
        }

        found.Sort(static (one, other) => string.CompareOrdinal(one.Uri, other.Uri));
        return found;
    }

    private static void Write(Utf8JsonWriter json, Found found)
    {
        StorageEntry entry = found.Entry;
        json.WriteStartObject();
        json.WriteString("uri"u8, found.Uri);
        json.WriteString("name"u8, entry.Path);
        if (MediaTypes.Of(entry.Path) is { } mediaType)
        {
            json.WriteString("mimeType"u8, mediaType);
        }

        json.WriteNumber("size"u8, entry.Size);
        json.WriteEndObject();
    }

    private static string UriOf(ReadOnlySpan<byte> parameters)
    {
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (members.IsNamed("uri"u8) && members.Text() is { } uri)
            {
                return uri;
            }
        }

        throw JsonRpcException.InvalidParams("\"uri\" must be the address of a resource");
    }

    private static JsonRpcException NotFound(McpRequest request, string uri) => new(
        request.Era == ProtocolEra.Modern ? JsonRpcCodes.InvalidParams : JsonRpcCodes.ResourceNotFound,
        $"there is no resource {QuotedName.Of(uri)}")
    {
        Details = json => json.WriteString("uri"u8, uri),
    };

    private sealed class Found(string uri, StorageEntry entry)
    {
        public string Uri => uri;

        public StorageEntry Entry => entry;
    }
}
