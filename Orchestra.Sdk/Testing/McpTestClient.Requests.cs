using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk;

/// <summary>The requests of MCP that tests make most.</summary>
public sealed partial class McpTestClient
{
    /// <summary>Lists the tools as a model is told of them.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The tools, with their <c>inputSchema</c>, <c>outputSchema</c> and <c>annotations</c> in <see cref="McpEntry.Json"/>.</returns>
    public Task<IReadOnlyList<McpEntry>> ListToolsAsync(CancellationToken cancellationToken = default) =>
        ListAsync("tools/list", "tools", cancellationToken);

    /// <summary>Lists the prompts.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The prompts, with their <c>arguments</c> in <see cref="McpEntry.Json"/>.</returns>
    public Task<IReadOnlyList<McpEntry>> ListPromptsAsync(CancellationToken cancellationToken = default) =>
        ListAsync("prompts/list", "prompts", cancellationToken);

    /// <summary>Lists the resources, which are what the plugin's storage holds.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The resources, of all pages.</returns>
    public Task<IReadOnlyList<McpEntry>> ListResourcesAsync(CancellationToken cancellationToken = default) =>
        ListAsync("resources/list", "resources", cancellationToken);

    /// <summary>Calls a tool: <c>await mcp.CallToolAsync("greet", ("name", "Ada"))</c>.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The arguments, as for <see cref="OrchestratorClient"/>: strings, numbers, dates, lists and dictionaries of these.</param>
    /// <returns>What the client gets; that the tool failed is said in it.</returns>
    /// <exception cref="McpErrorException">There is no such tool.</exception>
    [OverloadResolutionPriority(1)]
    public Task<McpToolAnswer> CallToolAsync(string tool, params (string Name, object? Value)[] arguments) =>
        CallAsync(tool, ArgumentValues.ToStruct(arguments.Select(static each => KeyValuePair.Create(each.Name, each.Value))), CancellationToken.None);

    /// <summary>Calls a tool with arguments written as JSON.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the client gets; that the tool failed is said in it.</returns>
    /// <exception cref="McpErrorException">There is no such tool.</exception>
    [OverloadResolutionPriority(1)]
    public Task<McpToolAnswer> CallToolAsync(
        string tool, [StringSyntax(StringSyntaxAttribute.Json)] string arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return CallAsync(tool, JsonText.ParseObject(arguments), cancellationToken);
    }

    /// <summary>Calls a tool with an object whose members are the arguments, as <see cref="ExportedPlugin"/> does.</summary>
    /// <typeparam name="TArguments">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <returns>What the client gets; that the tool failed is said in it.</returns>
    /// <exception cref="McpErrorException">There is no such tool.</exception>
    public Task<McpToolAnswer> CallToolAsync<[WrittenType] TArguments>(string tool, TArguments arguments) =>
        CallAsync(tool, TypedArguments.Of(arguments, _plugin, tool), CancellationToken.None);

    /// <summary>Gets a prompt.</summary>
    /// <param name="prompt">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its messages.</returns>
    /// <exception cref="McpErrorException">There is no such prompt, or its arguments are missing or wrong.</exception>
    [OverloadResolutionPriority(1)]
    public Task<IReadOnlyList<McpMessage>> GetPromptAsync(string prompt, params (string Name, string Value)[] arguments) =>
        MessagesAsync(prompt, arguments.Select(static each => KeyValuePair.Create(each.Name, each.Value)));

    /// <summary>Gets a prompt with an object whose members are the arguments; they are sent as texts.</summary>
    /// <typeparam name="TArguments">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="prompt">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <returns>Its messages.</returns>
    /// <exception cref="McpErrorException">There is no such prompt, or its arguments are missing or wrong.</exception>
    public Task<IReadOnlyList<McpMessage>> GetPromptAsync<[WrittenType] TArguments>(string prompt, TArguments arguments) =>
        MessagesAsync(prompt, TypedArguments.TextsOf(arguments, PluginNaming.Of(_plugin.Definition)));

    /// <summary>Reads a resource.</summary>
    /// <param name="uri">Its address: <c>orchestra://notes/1.md</c>.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="McpErrorException">There is no such resource.</exception>
    public async Task<McpContent> ReadResourceAsync(string uri, CancellationToken cancellationToken = default)
    {
        JsonElement result = await SendAsync("resources/read", new JsonObject { ["uri"] = uri }.ToJsonString(), cancellationToken).ConfigureAwait(false);
        JsonElement content = result.GetProperty("contents"u8)[0];
        string type = content.TryGetProperty("mimeType"u8, out JsonElement name) ? name.GetString() ?? "" : "";
        return new McpContent(type, content.TryGetProperty("text"u8, out JsonElement text)
            ? Encoding.UTF8.GetBytes(text.GetString()!)
            : content.GetProperty("blob"u8).GetBytesFromBase64());
    }

    private async Task<McpToolAnswer> CallAsync(string tool, Struct arguments, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = JsonValues.ToNode(Value.ForStruct(arguments)) };
        JsonElement result = await SendAsync("tools/call", parameters.ToJsonString(), cancellationToken).ConfigureAwait(false);
        return new McpToolAnswer(result, new CallOrigin(tool, arguments, PluginNaming.Of(_plugin.Definition)));
    }

    private async Task<IReadOnlyList<McpMessage>> MessagesAsync(string prompt, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var given = new JsonObject(arguments.Select(static each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value)));
        JsonElement result = await SendAsync(
            "prompts/get", new JsonObject { ["name"] = prompt, ["arguments"] = given }.ToJsonString()).ConfigureAwait(false);
        return [.. result.GetProperty("messages"u8).EnumerateArray().Select(static message => new McpMessage(message))];
    }

    private async Task<IReadOnlyList<McpEntry>> ListAsync(string method, string member, CancellationToken cancellationToken)
    {
        var entries = new List<McpEntry>();
        string? cursor = null;
        do
        {
            var parameters = new JsonObject();
            if (cursor is not null)
            {
                parameters["cursor"] = cursor;
            }

            JsonElement page = await SendAsync(method, parameters.ToJsonString(), cancellationToken).ConfigureAwait(false);
            entries.AddRange(page.GetProperty(member).EnumerateArray().Select(static entry => new McpEntry(entry)));
            cursor = page.TryGetProperty("nextCursor"u8, out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);

        return entries;
    }
}
