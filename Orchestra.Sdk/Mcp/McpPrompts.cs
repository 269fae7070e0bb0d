using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Mcp;

/// <summary>Answers <c>prompts/list</c>, <c>prompts/get</c> and <c>completion/complete</c>.</summary>
/// <param name="server">Whose prompts they are.</param>
/// <param name="identity">Begins the results.</param>
/// <param name="offer">Whether prompts may be added.</param>
/// <param name="peer">The client.</param>
internal sealed class McpPrompts(PluginServer server, ServerIdentity identity, McpOffer offer, Peer peer)
{
    /// <summary>As many as an answer may have.</summary>
    private const int MaxChoices = 100;

    private readonly PromptReader _prompts = new(server.Plugin, server.Surroundings);
    private PromptList? _list;

    private PromptList List => _list = PromptList.Of(server.Plugin, _list);

    public ValueTask<OutgoingLine> ListAsync(McpRequest request)
    {
        Cursor.RefuseAny(request);
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WritePropertyName("prompts"u8);
        line.Json.WriteRawValue(List.Json.Span, skipInputValidation: true);
        ServerIdentity.WriteCaching(line.Json, request, offer.CanChange);
        return new(line.End());
    }

    public async ValueTask<OutgoingLine> GetAsync(McpRequest request)
    {
        PromptGetRequest asked = Read(request.Params);
        _ = List.Find(asked.PromptName);
        PromptOutcome outcome = await server.Calls
            .RunAsync(peer.Share, () => _prompts.GetAsync(request.Id.Text, asked, peer, request.Canceled), request.Canceled)
            .ConfigureAwait(false);
        PromptGetResponse prompt = outcome.Response;
        if (outcome.ErrorCode.Length > 0)
        {
            int code = outcome.ErrorCode is ErrorCodes.InvalidArguments or ErrorCodes.PromptNotFound
                ? JsonRpcCodes.InvalidParams
                : JsonRpcCodes.InternalError;
            throw new JsonRpcException(code, $"{outcome.ErrorCode}: {prompt.Description}");
        }

        OutgoingLine line = identity.BeginResult(request);
        line.Json.WriteString("description"u8, prompt.Description);
        line.Json.WriteStartArray("messages"u8);
        foreach (PromptMessage message in prompt.Messages)
        {
            WriteMessage(line.Json, message);
        }

        line.Json.WriteEndArray();
        return line.EndFor(peer.Share.Bytes);
    }

    /// <summary>Completes arguments that are enums, by what their names begin with.</summary>
    public ValueTask<OutgoingLine> CompleteAsync(McpRequest request)
    {
        var asked = Completion.Read(request.Params);
        List<string> values = asked.Name is { } name ? Choices(name, asked) : [];
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WriteStartObject("completion"u8);
        line.Json.WriteStartArray("values"u8);
        for (int i = 0; i < values.Count && i < MaxChoices; i++)
        {
            line.Json.WriteStringValue(values[i]);
        }

        line.Json.WriteEndArray();
        line.Json.WriteNumber("total"u8, values.Count);
        line.Json.WriteBoolean("hasMore"u8, values.Count > MaxChoices);
        line.Json.WriteEndObject();
        return new(line.End());
    }

    private List<string> Choices(string name, Completion asked)
    {
        PromptDefinition prompt = List.Find(name);
        var values = new List<string>();
        bool isKnown = false;
        foreach (PromptArgument argument in prompt.Arguments)
        {
            isKnown |= argument.Name == asked.Argument;
        }

        if (!isKnown)
        {
            throw JsonRpcException.InvalidParams($"prompt {QuotedName.Of(name)} has no argument {QuotedName.Of(asked.Argument)}");
        }

        foreach (PromptChoices choices in server.Plugin.Definition.Choices)
        {
            if (choices.Prompt == name && choices.Argument == asked.Argument)
            {
                foreach (string value in choices.Values)
                {
                    if (value.StartsWith(asked.Value, StringComparison.OrdinalIgnoreCase))
                    {
                        values.Add(value);
                    }
                }
            }
        }

        return values;
    }

    private static PromptGetRequest Read(ReadOnlySpan<byte> parameters)
    {
        string? name = null;
        Struct? arguments = null;
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (members.IsNamed("name"u8))
            {
                name = members.Text();
            }
            else if (members.IsNamed("arguments"u8))
            {
                arguments = members.ObjectOrNothing() ?? throw JsonRpcException.InvalidParams("\"arguments\" must be an object");
            }
        }

        var request = new PromptGetRequest
        {
            PromptName = name ?? throw JsonRpcException.InvalidParams("\"name\" must be the name of a prompt"),
        };
        foreach ((string argument, Value value) in arguments?.Fields ?? [])
        {
            request.Arguments[argument] = value.HasStringValue
                ? value.StringValue
                : throw JsonRpcException.InvalidParams($"the argument {QuotedName.Of(argument)} of a prompt must be a string");
        }

        return request;
    }

    // Clients refuse roles and types that they do not know.
    private static void WriteMessage(Utf8JsonWriter json, PromptMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role == "assistant" ? "assistant"u8 : "user"u8);
        json.WriteStartObject("content"u8);
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, message.Content?.Text ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
