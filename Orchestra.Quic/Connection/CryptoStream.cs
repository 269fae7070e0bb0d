using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The CRYPTO data of one level, both ways, RFC 9000 §19.6.</summary>
internal sealed class CryptoStream
{
    // RFC 9000 §7.5 wants 4096 at the least.
    private const int MaxBuffered = 64 * 1024;

    private SendBuffer _send;
    private ReceiveBuffer _receive;

    public bool HasPending => _send.HasPending(long.MaxValue);

    /// <summary>Whether there is data that waits for what comes before it.</summary>
    public bool HasUnread => _receive.End > _receive.Start;

    public void Send(ReadOnlySpan<byte> data) => _send.Write(data);

    /// <exception cref="TransportException">The data leaves a gap that is too large.</exception>
    public void Receive(in Frame frame)
    {
        if (frame.Offset + frame.Data.Length - _receive.Start > MaxBuffered)
        {
            throw new TransportException(
                TransportErrorCode.CryptoBufferExceeded, "too much handshake data is out of order", (long)FrameType.Crypto);
        }

        _receive.Write(frame.Offset, frame.Data);
    }

    public int Read(Span<byte> destination) => _receive.Read(destination);

    /// <summary>Writes as much as fits.</summary>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet)
    {
        while (_send.HasPending(long.MaxValue))
        {
            (long offset, int length, _) = _send.Peek(long.MaxValue);
            if (!FrameWriter.TryBeginCrypto(ref writer, offset, length, out Span<byte> data))
            {
                return;
            }

            _send.Read(offset, data);
            _send.OnSent(offset, data.Length, fin: false);
            packet.Add(new SentFrame(FrameType.Crypto, 0, offset, data.Length));
        }
    }

    public void OnAcknowledged(in SentFrame frame) => _send.OnAcknowledged(frame.Offset, frame.Length, fin: false);

    public void OnLost(in SentFrame frame) => _send.OnLost(frame.Offset, frame.Length, fin: false);

    /// <summary>The level is over.</summary>
    public void Clear()
    {
        _send.Clear();
        _receive.Discard();
    }
}
