using System.Buffers.Binary;

namespace Orchestra.Quic.Tls;

/// <summary>Cuts a level's CRYPTO bytes into whole handshake messages, so that each can be checked against its level.</summary>
internal sealed class HandshakeMessages
{
    /// <summary>Type and length, before each message's content.</summary>
    public const int HeaderLength = 4;

    /// <summary>The largest message with its header, and so the most that is ever held.</summary>
    public const int MaxMessageLength = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>Reads the next message, or keeps what there is of it.</summary>
    /// <param name="data">The bytes that came; what was read is cut off its front.</param>
    /// <param name="message">The message with its header; valid until the next call.</param>
    /// <returns>False when more bytes are needed; <paramref name="data"/> is empty then.</returns>
    /// <exception cref="TlsAlertException">The message is larger than <see cref="MaxMessageLength"/>.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!Fill(ref data, HeaderLength))
        {
            return false;
        }

        var length = HeaderLength + (int)(BinaryPrimitives.ReadUInt32BigEndian(_buffer) & 0xffffff);
        if (length > MaxMessageLength)
        {
            throw TlsAlertException.BufferExceeded(
                $"A handshake message of {length} bytes is larger than the {MaxMessageLength} that are accepted.");
        }

        if (!Fill(ref data, length))
        {
            return false;
        }

        message = _buffer.AsSpan(0, length);
        _length = 0;
        return true;
    }

    /// <summary>Frees what is held.</summary>
    public void Clear()
    {
        _buffer = [];
        _length = 0;
    }

    private bool Fill(ref ReadOnlySpan<byte> data, int wanted)
    {
        var count = Math.Min(wanted - _length, data.Length);
        if (count > 0)
        {
            if (_buffer.Length < _length + count)
            {
                // By what came, not by what the header promises.
                Array.Resize(ref _buffer, Math.Max(_length + count, _length * 2));
            }

            data[..count].CopyTo(_buffer.AsSpan(_length));
            _length += count;
            data = data[count..];
        }

        return _length >= wanted;
    }
}
