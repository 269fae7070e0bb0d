using System.Buffers;
using System.Text.Json;

namespace Orchestra.Quic.Qlog;

/// <summary>A JSON text sequence, RFC 7464: records, each behind a byte 0x1E. It ends without an error where it may grow no more, or cannot.</summary>
/// <param name="stream">Where it goes; owned.</param>
/// <param name="maxSize">The most bytes.</param>
internal sealed class QlogFile(Stream stream, long maxSize) : IDisposable
{
    private const byte RecordSeparator = 0x1E;
    private const int FlushedAt = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushedAt);
    private Utf8JsonWriter? _json;
    private Stream? _stream = stream;
    private long _left = maxSize;
    private int _start;

    /// <summary>Begins a record.</summary>
    /// <returns>What writes it; null where there is no room for any more.</returns>
    public Utf8JsonWriter? Begin()
    {
        if (_stream is null)
        {
            return null;
        }

        _start = _buffer.WrittenCount;
        _buffer.GetSpan(1)[0] = RecordSeparator;
        _buffer.Advance(1);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(_buffer);
        }
        else
        {
            _json.Reset(_buffer);
        }

        return _json;
    }

    /// <summary>Ends the record.</summary>
    public void End()
    {
        _json!.Flush();
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
        _left -= _buffer.WrittenCount - _start;
        if (_left < 0)
        {
            // A record that is cut off is none.
            Write(_start);
            Close();
        }
        else if (_buffer.WrittenCount >= FlushedAt)
        {
            Flush();
        }
    }

    /// <summary>Writes what is there, for whoever reads the file meanwhile.</summary>
    public void Flush() => Write(_buffer.WrittenCount);

    public void Dispose()
    {
        Flush();
        Close();
    }

    private void Write(int length)
    {
        if (_stream is null || length == 0)
        {
            return;
        }

        try
        {
            _stream.Write(_buffer.WrittenSpan[..length]);
        }
        catch (IOException)
        {
            // The disk is full, or gone. What was to be looked at goes on.
            Close();
        }

        _buffer.ResetWrittenCount();
    }

    private void Close()
    {
        _json?.Dispose();
        _json = null;
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // As above.
        }

        _stream = null;
    }
}
