using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Sends the chunks of a streaming tool, each when the peer has room for it.</summary>
internal sealed class StreamChunks(IncomingRequest request, string streamId, CancellationToken cancellationToken) : ChunkSink
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";
    private const string Json = "application/json";

    /// <summary>What a message has beside its data, at most: two ids, each character in up to three bytes, and the rest.</summary>
    private const int MaxOverhead = (2 * 3 * RequestParser.MaxIdLength) + (8 * 1024);

    private const int MaxData = MessageFraming.MaxMessageSize - MaxOverhead;

    /// <summary>How many were sent.</summary>
    public long Count { get; private set; }

    public override string Method => RequestNames.StreamStart;

    public override string Asked => "streaming tool";

    public override async ValueTask WriteTextAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var encoded = PooledBuffer.Rent(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, encoded.Span);
        ReadOnlyMemory<byte> rest = encoded.Memory;
        while (rest.Length > MaxData)
        {
            int cut = CharacterStart(rest.Span, MaxData);
            await SendAsync(rest[..cut], Text).ConfigureAwait(false);
            rest = rest[cut..];
        }

        await SendAsync(rest, Text).ConfigureAwait(false);
    }

    public override async ValueTask WriteBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > MaxData)
        {
            await SendAsync(bytes[..MaxData], Bytes).ConfigureAwait(false);
            bytes = bytes[MaxData..];
        }

        await SendAsync(bytes, Bytes).ConfigureAwait(false);
    }

    public override async ValueTask WriteValueAsync(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ReadOnlyMemory<byte> json = JsonBytes.Of(value);
        if (json.Length > MaxData)
        {
            throw new ToolException(
                ErrorCodes.ResultTooLarge, $"an item of {json.Length} bytes of JSON does not fit a message; stream smaller items");
        }

        await SendAsync(json, Json).ConfigureAwait(false);
    }

    /// <summary>The result is the only chunk: what is only a text as text, everything else as JSON.</summary>
    public override async ValueTask<ToolResponse> TakeAsync(ToolResponse result)
    {
        if (result.Success)
        {
            await WriteResultAsync(result.Result ?? new Struct()).ConfigureAwait(false);
        }

        return result;
    }

    public override ToolResponse End() => new() { Success = true };

    private ValueTask WriteResultAsync(Struct result) =>
        result.Fields.Count == 1 && result.Fields.TryGetValue("text", out Value? text) && text.HasStringValue
            ? WriteTextAsync(text.StringValue)
            : WriteValueAsync(Value.ForStruct(result));

    private static int CharacterStart(ReadOnlySpan<byte> text, int at)
    {
        while ((text[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return at;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data, string contentType)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Failure is not null)
        {
            throw new IOException("the stream broke off", Failure);
        }

        var response = new PluginResponse
        {
            RequestId = request.Id,
            StreamChunk = new StreamChunk
            {
                StreamId = streamId,
                Sequence = Count,
                ContentType = ContentType ?? contentType,

                // It is encoded before this method returns to the owner of the bytes.
                Data = UnsafeByteOperations.UnsafeWrap(data),
            },
        };
        try
        {
            // A frame that has begun is sent to its end, also when the stream is canceled: half of one could not be followed.
            await request.Responses.WriteAsync(response, last: false).ConfigureAwait(false);
        }
        catch (OverloadedException exception)
        {
            throw new ToolException(ErrorCodes.Overloaded, exception.Message);
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }

        Count++;
    }
}
