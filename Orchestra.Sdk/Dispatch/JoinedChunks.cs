using System.Buffers;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Joins the chunks of a streaming tool that was called as a plain one.</summary>
/// <param name="cancellationToken">Ends the stream.</param>
/// <param name="progress">Where the peer wants to hear of chunks and of reports of progress; null where it does not.</param>
internal sealed class JoinedChunks(CancellationToken cancellationToken, IProgress<object?>? progress = null) : ChunkSink
{
    private StringBuilder? _text;
    private ArrayBufferWriter<byte>? _bytes;
    private ListValue? _values;
    private long _size;

    public override string Method => RequestNames.ToolCall;

    public override string Asked => "tool";

    public override IProgress<object?>? Progress => progress;

    public override ValueTask WriteTextAsync(string text)
    {
        Begin(_bytes is null && _values is null);
        Count(Encoding.UTF8.GetByteCount(text));
        (_text ??= new StringBuilder()).Append(text);
        progress?.Report(text);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        Begin(_text is null && _values is null);

        // They travel as base64.
        Count((bytes.Length + 2L) / 3 * 4);
        (_bytes ??= new ArrayBufferWriter<byte>()).Write(bytes.Span);
        progress?.Report(null);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteValueAsync(Value value)
    {
        Begin(_text is null && _bytes is null);
        Count(value.CalculateSize());
        (_values ??= new ListValue()).Values.Add(value);
        progress?.Report(value);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<ToolResponse> TakeAsync(ToolResponse result) => new(result);

    /// <summary>The chunks as one answer; no chunk at all is an empty text, unless it was said what they would be.</summary>
    public override ToolResponse End()
    {
        if (_values is not null)
        {
            return Result.Data(new Value { ListValue = _values });
        }

        return _bytes is not null
            ? Result.Data(Value.ForString(Convert.ToBase64String(_bytes.WrittenSpan)))
            : Result.Text(_text?.ToString() ?? "");
    }

    internal override void BeginBytes() => _bytes = new ArrayBufferWriter<byte>();

    internal override void BeginValues() => _values = new ListValue();

    private void Begin(bool isOfSameKind)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!isOfSameKind)
        {
            throw new ToolException(
                ErrorCodes.HandlerError,
                "the tool streams chunks of several kinds, which cannot be joined to one answer; start it as a stream");
        }
    }

    private void Count(long size)
    {
        _size += size;
        if (_size > MessageFraming.MaxMessageSize)
        {
            throw new ToolException(
                ErrorCodes.ResultTooLarge,
                $"the tool's chunks together exceed {MessageFraming.MaxMessageSize} bytes; ask for less at once, or start it as a stream");
        }
    }
}
