using System.Text.Json.Nodes;
using Google.Protobuf;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>A plugin's storage as resources that can be read.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ResourceTests
{
    private readonly Storage _storage = new();
    private ExportedPlugin _plugin = null!;
    private McpClient _client = null!;

    [SetUp]
    public async Task Begin()
    {
        _plugin = new PluginBuilder("tools.test").ProvidesStorage("notes").SetStorageHandler(_storage).Export();
        _client = await McpClient.BeginAsync(_plugin.Server);
    }

    [TearDown]
    public async Task End()
    {
        await _client.DisposeAsync();
        await _plugin.DisposeAsync();
    }

    [Test]
    public async Task Are_listed_in_the_order_of_their_addresses()
    {
        _storage.Add("b/ü 1.md", "text");
        _storage.Add("a.bin", "\0");
        _storage.Add("../out", "never");
        _storage.Add("/root", "never");
        await _client.SendAsync(McpClient.Request("resources/list"));
        Assert.That((await _client.ReadAsync("result")).ToJsonString(), Is.EqualTo(
            """{"resources":[{"uri":"orchestra://notes/a.bin","name":"a.bin","size":1},{"uri":"orchestra://notes/b/%C3%BC%201.md","name":"b/\u00FC 1.md","mimeType":"text/markdown","size":4}]}"""));
    }

    [Test]
    public async Task Are_listed_page_by_page()
    {
        for (int i = 0; i < 2500; i++)
        {
            _storage.Add($"{i:0000}.txt", "");
        }

        var names = new List<string>();
        string cursor = "{}";
        int pages = 0;
        do
        {
            await _client.SendAsync(McpClient.Request("resources/list", cursor));
            JsonNode result = await _client.ReadAsync("result");
            names.AddRange(result["resources"]!.AsArray().Select(static resource => (string)resource!["name"]!));
            cursor = result["nextCursor"] is { } next ? $$"""{"cursor":{{next.ToJsonString()}} }""" : "";
            pages++;
        }
        while (cursor.Length > 0);

        Assert.That(names, Is.EqualTo(_storage.Paths.Order(StringComparer.Ordinal)));
        Assert.That(pages, Is.EqualTo(3));
    }

    [TestCase("\"x\"")]
    [TestCase("\"orchestra://notes/../x\"")]
    [TestCase("5")]
    public async Task Know_no_cursor_of_somebody_else(string cursor)
    {
        await _client.SendAsync(McpClient.Request("resources/list", $$"""{"cursor":{{cursor}} }"""));
        Assert.That((int)await _client.ReadAsync("error", "code"), Is.EqualTo(-32602));
    }

    [Test]
    public async Task Have_a_template_for_each_type()
    {
        await _client.SendAsync(McpClient.Request("resources/templates/list"));
        JsonNode template = await _client.ReadAsync("result", "resourceTemplates", "0");
        Assert.That($"{template["name"]} {template["uriTemplate"]}", Is.EqualTo("notes orchestra://notes/{+path}"));
    }

    [TestCase("a b.md", "# ü", "orchestra://notes/a%20b.md", """{"uri":"orchestra://notes/a%20b.md","mimeType":"text/markdown","text":"# \u00FC"}""")]
    [TestCase("d/x", "", "orchestra://notes/d/x", """{"uri":"orchestra://notes/d/x","mimeType":"text/plain","text":""}""")]
    [TestCase("d/x", "a", "ORCHESTRA://notes/d%2Fx", """{"uri":"ORCHESTRA://notes/d%2Fx","mimeType":"text/plain","text":"a"}""")]
    [TestCase("a.png", "\0\u0001", "orchestra://notes/a.png", """{"uri":"orchestra://notes/a.png","mimeType":"image/png","blob":"AAE="}""")]
    public async Task Are_read(string path, string content, string uri, string read)
    {
        _storage.Add(path, content);
        await _client.SendAsync(McpClient.Request("resources/read", $$"""{"uri":"{{uri}}"}"""));
        Assert.That((await _client.ReadAsync("result", "contents", "0")).ToJsonString(), Is.EqualTo(read));
    }

    [TestCase("orchestra://notes/nosuch")]
    [TestCase("orchestra://other/secret")]
    [TestCase("orchestra://notes/../secret")]
    [TestCase("orchestra://notes/%2e%2e/secret")]
    [TestCase("orchestra://notes/%2E%2E%2Fsecret")]
    [TestCase("orchestra://notes/a/./secret")]
    [TestCase("orchestra://notes//secret")]
    [TestCase("orchestra://notes/secret/")]
    [TestCase("orchestra://notes/..\\\\secret")]
    [TestCase("orchestra://notes/..%5csecret")]
    [TestCase("orchestra://notes/secret%00")]
    [TestCase("orchestra://notes/secret?x")]
    [TestCase("orchestra://notes/secret#x")]
    [TestCase("orchestra://notes")]
    [TestCase("orchestra:///secret")]
    [TestCase("file:///etc/passwd")]
    [TestCase("secret")]
    [TestCase("")]
    public async Task That_are_not_there_are_told_in_each_era(string uri)
    {
        _storage.Add("secret", "x");
        await _client.SendAsync(McpClient.Request("resources/read", $$"""{"uri":"{{uri}}"}"""));
        JsonNode error = await _client.ReadAsync("error");
        Assert.That((int)error["code"]!, Is.EqualTo(-32002), error.ToJsonString());
        Assert.That((string?)error["data"]!["uri"], Is.EqualTo(uri.Replace("\\\\", "\\")));

        await _client.SendAsync(McpClient.Modern("resources/read", $"\"uri\":\"{uri}\""));
        Assert.That((int)await _client.ReadAsync("error", "code"), Is.EqualTo(-32602));
        Assert.That(_storage.Read.Distinct(), Is.SubsetOf(new[] { "nosuch" }), "what is no address is asked of nobody");
    }

    [TestCase("{}")]
    [TestCase("""{"uri":5}""")]
    public async Task Without_an_address_are_no_params(string parameters)
    {
        await _client.SendAsync(McpClient.Request("resources/read", parameters));
        Assert.That((int)await _client.ReadAsync("error", "code"), Is.EqualTo(-32602));
    }

    [Test]
    public async Task That_cannot_be_read_say_why()
    {
        _storage.Failure = new IOException("the disk is full");
        await _client.SendAsync(McpClient.Request("resources/read", """{"uri":"orchestra://notes/a"}"""));
        Assert.That((await _client.ReadAsync("error")).ToJsonString(), Is.EqualTo("""{"code":-32603,"message":"the disk is full"}"""));

        _storage.Failure = new ToolException("not_booted", "Boot first.");
        await _client.SendAsync(McpClient.Request("resources/list"));
        Assert.That((await _client.ReadAsync("error")).ToJsonString(), Is.EqualTo("""{"code":-32603,"message":"not_booted: Boot first."}"""));
    }

    [Test]
    public async Task Are_there_where_the_plugin_has_a_storage_only()
    {
        await _client.SendAsync(McpClient.Modern("server/discover"));
        Assert.That((await _client.ReadAsync("result", "capabilities", "resources")).ToJsonString(), Is.EqualTo("{}"));

        await using ExportedPlugin other = new PluginBuilder("tools.test").ProvidesStorage("notes").Export();
        await using var client = new McpClient(other.Server);
        await client.SendAsync(McpClient.Modern("server/discover"));
        Assert.That((await client.ReadAsync("result", "capabilities")).AsObject().ContainsKey("resources"), Is.False);
    }

    private sealed class Storage : IStorageHandler
    {
        private readonly Dictionary<string, string> _entries = [];

        public Exception? Failure { get; set; }

        public List<string> Read { get; } = [];

        public IEnumerable<string> Paths => _entries.Keys;

        public void Add(string path, string content) => _entries[path] = content;

        public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken)
        {
            Read.Add(request.Path);
            return Failure is not null ? throw Failure
                : request.StorageType == "notes" && _entries.TryGetValue(request.Path, out string? content)
                    ? new(new StorageReadResponse { Content = ByteString.CopyFromUtf8(content), Version = 1 })
                    : new(new StorageReadResponse());
        }

        public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
            Failure is not null ? throw Failure : new(new StorageListResponse
            {
                Entries = { _entries.Select(static entry => new StorageEntry { Path = entry.Key, Size = entry.Value.Length, Version = 1 }) },
            });

        public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
