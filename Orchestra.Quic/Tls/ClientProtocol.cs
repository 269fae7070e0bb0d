using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>BouncyCastle's client, whose messages leave as they are instead of as records.</summary>
internal sealed class ClientProtocol(HandshakeContext context) : TlsClientProtocol
{
    /// <inheritdoc/>
    protected override void WriteRecord(short type, ReadOnlySpan<byte> buffer) => context.Write(type, buffer);

    /// <inheritdoc/>
    protected override void WriteRecord(short type, byte[] buf, int off, int len) => context.Write(type, buf.AsSpan(off, len));

    /// <inheritdoc/>
    protected override void SendChangeCipherSpecMessage()
    {
        // RFC 9001 §8.4: QUIC has no use for the middlebox compatibility mode.
    }
}
