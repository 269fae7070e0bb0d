using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// A message as it goes out: one line of JSON, in an array of the pool. Whoever sends it, or finds that it cannot be made, disposes of it.
/// </summary>
internal sealed class OutgoingLine : IBufferWriter<byte>, IDisposable
{
    private const int FirstBuffer = 1024;

    /// <summary>What is smaller does not count as bytes in flight.</summary>
    private const int FreeLength = 64 * 1024;

    // It goes into no HTML. What a reader may take for the end of a line is escaped all the same.
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
        SkipValidation = true,
    };

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _length;
    private ByteShare? _budget;

    public OutgoingLine() => Json = new Utf8JsonWriter(this, Options);

    public Utf8JsonWriter Json { get; }

    /// <summary>The message with its line break, once it is ended.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>A notification, whose params are to be written next.</summary>
    public static OutgoingLine Notification(ReadOnlySpan<byte> method)
    {
        var line = new OutgoingLine();
        line.Begin();
        line.Json.WriteString("method"u8, method);
        line.Json.WriteStartObject("params"u8);
        return line;
    }

    /// <summary>A result, whose members are to be written next.</summary>
    public static OutgoingLine Result(RequestId id)
    {
        var line = new OutgoingLine();
        line.Begin(id);
        line.Json.WriteStartObject("result"u8);
        return line;
    }

    /// <summary>A whole error, without an id where none could be read.</summary>
    public static OutgoingLine Error(RequestId? id, JsonRpcException error)
    {
        var line = new OutgoingLine();
        line.Begin(id);
        line.Json.WriteStartObject("error"u8);
        line.Json.WriteNumber("code"u8, error.Code);
        line.Json.WriteString("message"u8, error.Message);
        if (error.Details is { } write)
        {
            line.Json.WriteStartObject("data"u8);
            write(line.Json);
            line.Json.WriteEndObject();
        }

        return line.End();
    }

    /// <summary>Several messages as one, which are disposed of.</summary>
    public static OutgoingLine Array(List<OutgoingLine> messages)
    {
        var line = new OutgoingLine();
        line.Append("["u8);
        ReadOnlySpan<byte> comma = default;
        foreach (OutgoingLine message in messages)
        {
            line.Append(comma);
            line.Append(message.Memory.Span[..^1]);
            message.Dispose();
            comma = ","u8;
        }

        line.Append("]\n"u8);
        return line;
    }

    /// <summary>Ends what was begun last, the message and the line.</summary>
    /// <exception cref="MessageFramingException">It is larger than a message may be.</exception>
    public OutgoingLine End()
    {
        Json.WriteEndObject();
        Json.WriteEndObject();
        Json.Flush();
        if (_length >= MessageFraming.MaxMessageSize)
        {
            throw MessageFramingException.TooLarge(_length);
        }

        Append("\n"u8);
        return this;
    }

    /// <summary>Ends it as <see cref="End"/> does, and counts it as <see cref="ChargeTo"/>.</summary>
    public OutgoingLine EndFor(ByteShare budget) => End().ChargeTo(budget);

    /// <summary>Counts it among the messages in flight, until it is disposed of.</summary>
    /// <exception cref="OverloadedException">There is no room for it.</exception>
    public OutgoingLine ChargeTo(ByteShare budget)
    {
        if (!budget.TryTake(Counted))
        {
            throw new OverloadedException([]);
        }

        _budget = budget;
        return this;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        _budget?.Release(Counted);
        _budget = null;
        byte[] buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private long Counted => _length > FreeLength ? _length : 0;

    private void Begin(RequestId? id = null)
    {
        Json.WriteStartObject();
        Json.WriteString("jsonrpc"u8, "2.0"u8);
        if (id is { } known)
        {
            Json.WritePropertyName("id"u8);
            known.Write(Json);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    private void Reserve(int count)
    {
        if (count <= _buffer.Length - _length)
        {
            return;
        }

        // The writer asks for three bytes for each character of a text.
        if (_length > MessageFraming.MaxMessageSize || count > 4 * MessageFraming.MaxMessageSize)
        {
            throw MessageFramingException.TooLarge(Math.Max(_length, count));
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
