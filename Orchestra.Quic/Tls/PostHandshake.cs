using System.Buffers.Binary;

namespace Orchestra.Quic.Tls;

/// <summary>Judges what comes after the handshake: of all messages, only a server's session ticket may.</summary>
internal static class PostHandshake
{
    private const byte NewSessionTicket = 4;
    private const byte CertificateRequest = 13;
    private const byte KeyUpdate = 24;
    private const ushort EarlyDataExtension = 42;

    /// <summary>Accepts a session ticket, which is not used, and refuses all else.</summary>
    /// <param name="message">The message with its header.</param>
    /// <param name="isServer">Whether this side is the server, to which nothing may come.</param>
    /// <exception cref="TlsAlertException">The message may not come, or is malformed.</exception>
    public static void Check(ReadOnlySpan<byte> message, bool isServer)
    {
        var type = message[0];
        if (type == CertificateRequest && !isServer)
        {
            // RFC 9001 §4.4.
            throw TlsAlertException.ProtocolViolation("The server asked for a certificate after the handshake.");
        }

        if (type != NewSessionTicket || isServer)
        {
            throw new TlsAlertException(TlsAlerts.UnexpectedMessage, type == KeyUpdate
                ? "The peer sent a TLS KeyUpdate, which QUIC replaces by its own (RFC 9001 §6)."
                : $"The peer sent a handshake message of type {type} after the handshake.");
        }

        CheckTicket(message[HandshakeMessages.HeaderLength..]);
    }

    // uint32 lifetime; uint32 age_add; opaque nonce<0..255>; opaque ticket<1..2^16-1>; Extension extensions<0..2^16-2>;
    private static void CheckTicket(ReadOnlySpan<byte> ticket)
    {
        Take(ref ticket, 8);
        TakeVector(ref ticket, 1);
        TakeVector(ref ticket, 2);
        var extensions = TakeVector(ref ticket, 2);
        if (!ticket.IsEmpty)
        {
            throw Malformed();
        }

        while (!extensions.IsEmpty)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(Take(ref extensions, 2));
            var content = TakeVector(ref extensions, 2);

            // RFC 9001 §4.6.1.
            if (type == EarlyDataExtension &&
                (content.Length != 4 || BinaryPrimitives.ReadUInt32BigEndian(content) != uint.MaxValue))
            {
                throw TlsAlertException.ProtocolViolation("The server's session ticket limits early data, which QUIC forbids.");
            }
        }
    }

    private static ReadOnlySpan<byte> TakeVector(ref ReadOnlySpan<byte> source, int lengthSize)
    {
        var prefix = Take(ref source, lengthSize);
        return Take(ref source, lengthSize == 1 ? prefix[0] : BinaryPrimitives.ReadUInt16BigEndian(prefix));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> source, int length)
    {
        if (source.Length < length)
        {
            throw Malformed();
        }

        var taken = source[..length];
        source = source[length..];
        return taken;
    }

    private static TlsAlertException Malformed() =>
        new(TlsAlerts.DecodeError, "The server's session ticket is malformed.");
}
