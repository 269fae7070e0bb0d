using System.Buffers.Binary;

namespace Orchestra.Quic.Tls;

/// <summary>
/// Looks at the lengths within a Certificate message before BouncyCastle reads it, which makes room for what they claim, 16 MB each, and
/// sees only then that so much is not there. A stranger can send one.
/// </summary>
internal static class CertificateMessage
{
    /// <summary>The message's type, RFC 8446 §4.4.2.</summary>
    public const byte Type = 11;

    /// <summary>Checks that the lengths fit to the message.</summary>
    /// <param name="message">The message with its header.</param>
    /// <exception cref="TlsAlertException">They do not.</exception>
    public static void Check(ReadOnlySpan<byte> message)
    {
        // opaque certificate_request_context<0..2^8-1>; CertificateEntry certificate_list<0..2^24-1>;
        ReadOnlySpan<byte> rest = message[HandshakeMessages.HeaderLength..];
        _ = TakeVector(ref rest, lengthSize: 1);
        ReadOnlySpan<byte> list = TakeVector(ref rest, lengthSize: 3);
        if (!rest.IsEmpty)
        {
            throw Malformed();
        }

        while (!list.IsEmpty)
        {
            // opaque cert_data<1..2^24-1>; Extension extensions<0..2^16-1>;
            _ = TakeVector(ref list, lengthSize: 3);
            _ = TakeVector(ref list, lengthSize: 2);
        }
    }

    private static ReadOnlySpan<byte> TakeVector(ref ReadOnlySpan<byte> source, int lengthSize)
    {
        if (source.Length < lengthSize)
        {
            throw Malformed();
        }

        Span<byte> length = stackalloc byte[4];
        length.Clear();
        source[..lengthSize].CopyTo(length[^lengthSize..]);
        source = source[lengthSize..];
        int count = BinaryPrimitives.ReadInt32BigEndian(length);
        if (source.Length < count)
        {
            throw Malformed();
        }

        ReadOnlySpan<byte> taken = source[..count];
        source = source[count..];
        return taken;
    }

    private static TlsAlertException Malformed() =>
        new(TlsAlerts.DecodeError, "The lengths in the peer's Certificate message do not fit to it.");
}
