using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>Answers <c>tools/list</c> and <c>tools/call</c>.</summary>
/// <param name="server">Whose tools they are.</param>
/// <param name="identity">Begins the results.</param>
/// <param name="offer">Whether tools may be added.</param>
/// <param name="peer">The client.</param>
/// <param name="output">Where progress is told.</param>
internal sealed class McpTools(PluginServer server, ServerIdentity identity, McpOffer offer, Peer peer, MessageOutput output)
{
    private const string Provider = "mcp";

    /// <summary>What is no longer does not become much, whatever it is.</summary>
    private const int LightParams = 512;

    private readonly ToolCaller _tools = new(server.Plugin, server.Surroundings);
    private ToolList? _list;

    private ToolList List => _list = ToolList.Of(server.Plugin, _list);

    public ValueTask<OutgoingLine> ListAsync(McpRequest request)
    {
        Cursor.RefuseAny(request);
        OutgoingLine line = identity.BeginResult(request);
        line.Json.WritePropertyName("tools"u8);
        line.Json.WriteRawValue(List.Json.Span, skipInputValidation: true);
        ServerIdentity.WriteCaching(line.Json, request, offer.CanChange);
        return new(line.End());
    }

    public async ValueTask<OutgoingLine> CallAsync(McpRequest request)
    {
        long objects = 0;
        try
        {
            objects = TakeObjects(request.Params);
            ToolRequest call = Read(request);
            ToolResponse answer = await RunAsync(request, call).ConfigureAwait(false);
            return answer.ErrorCode == ErrorCodes.ToolNotFound && !List.Has(call.ToolName)
                ? throw JsonRpcException.InvalidParams(answer.ErrorMessage)
                : Answer(request, answer, List.HasOutputSchema(call.ToolName));
        }
        catch (OverloadedException exception)
        {
            return Answer(request, Responses.ToolError(ErrorCodes.Overloaded, exception.Message), isStructured: false);
        }
        finally
        {
            peer.Share.Bytes.Release(objects);
        }
    }

    /// <summary>Takes room for the values that the params will be; how much.</summary>
    private long TakeObjects(ReadOnlySpan<byte> parameters)
    {
        long objects = parameters.Length <= LightParams ? 0 : JsonWeight.Of(parameters, JsonRpcMessage.Options);
        return peer.Share.Bytes.TryTake(objects) ? objects : throw new OverloadedException([]);
    }

    private static ToolRequest Read(McpRequest request)
    {
        string? name = null;
        Struct? arguments = null;
        var members = new ParamsReader(request.Params);
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

        return new ToolRequest
        {
            ToolName = name ?? throw JsonRpcException.InvalidParams("\"name\" must be the name of a tool"),
            Arguments = arguments ?? new Struct(),
            Provider = Provider,
            TraceParent = request.Meta.TraceParent ?? "",
        };
    }

    private async ValueTask<ToolResponse> RunAsync(McpRequest request, ToolRequest call)
    {
        if (await server.Calls.EnterAsync(peer.Share, mayWait: true, request.Canceled).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        ProgressReporter? progress = request.Meta.ProgressToken is null
            ? null
            : new ProgressReporter(request, output, server.Surroundings.Options.TimeProvider);
        try
        {
            var chunks = new JoinedChunks(request.Canceled, progress);
            return await _tools.RunAsync(request.Id.Text, call, peer, chunks, request.Canceled).ConfigureAwait(false);
        }
        finally
        {
            server.Calls.Leave(peer.Share);
            if (progress is not null)
            {
                await progress.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private OutgoingLine Answer(McpRequest request, ToolResponse answer, bool isStructured)
    {
        OutgoingLine line = identity.BeginResult(request);
        try
        {
            ToolAnswer.Write(line.Json, answer, isStructured);
            return line.EndFor(peer.Share.Bytes);
        }
        catch (MessageFramingException exception)
        {
            line.Dispose();
            return Answer(
                request,
                Responses.ToolError(ErrorCodes.ResultTooLarge, $"the result is too large: {exception.Message}; ask for less at once"),
                isStructured: false);
        }
        catch (OverloadedException exception)
        {
            line.Dispose();
            return Answer(request, Responses.ToolError(ErrorCodes.Overloaded, exception.Message), isStructured: false);
        }
    }
}
