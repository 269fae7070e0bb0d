using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>BouncyCastle's server, whose messages leave as they are instead of as records.</summary>
internal sealed class ServerProtocol(HandshakeContext context) : TlsServerProtocol
{
    private ClientHello? _firstHello;

    /// <summary>The groups that the client sent a key share for.</summary>
    public IReadOnlySet<int> OfferedShares { get; private set; } = new HashSet<int>();

    /// <inheritdoc/>
    protected override ClientHello ReceiveClientHelloMessage(MemoryStream buf)
    {
        var hello = base.ReceiveClientHelloMessage(buf);
        Check(hello);
        return hello;
    }

    /// <inheritdoc/>
    protected override void WriteRecord(short type, ReadOnlySpan<byte> buffer) => context.Write(type, buffer);

    /// <inheritdoc/>
    protected override void WriteRecord(short type, byte[] buf, int off, int len) => context.Write(type, buf.AsSpan(off, len));

    /// <inheritdoc/>
    protected override void SendChangeCipherSpecMessage()
    {
        // RFC 9001 §8.4: QUIC has no use for the middlebox compatibility mode.
    }

    private void Check(ClientHello hello)
    {
        if (hello.SessionID.Length > 0)
        {
            // RFC 9001 §8.4.
            throw TlsAlertException.ProtocolViolation("The client asks for TLS 1.3's middlebox compatibility mode.");
        }

        if (_firstHello is { } first)
        {
            CheckUnchanged(first, hello);
        }

        _firstHello = hello;
        OfferedShares = (TlsExtensionsUtilities.GetKeyShareClientHello(hello.Extensions) ?? [])
            .Select(share => share.NamedGroup).ToHashSet();
    }

    // RFC 8446 §4.1.2: what was checked in the first hello must hold for the one that is answered.
    private static void CheckUnchanged(ClientHello first, ClientHello second)
    {
        if (!first.Random.AsSpan().SequenceEqual(second.Random) ||
            !first.CipherSuites.AsSpan().SequenceEqual(second.CipherSuites) ||
            !FixedExtensions(first).SetEquals(FixedExtensions(second)))
        {
            throw new TlsAlertException(
                TlsAlerts.IllegalParameter, "The client's second hello differs from its first in more than the key share.");
        }
    }

    private static HashSet<(int Type, string Content)> FixedExtensions(ClientHello hello) =>
        (hello.Extensions ?? new Dictionary<int, byte[]>())
            .Where(extension => extension.Key is not (ExtensionType.key_share or ExtensionType.early_data
                or ExtensionType.cookie or ExtensionType.pre_shared_key or ExtensionType.padding))
            .Select(extension => (extension.Key, Convert.ToHexString(extension.Value)))
            .ToHashSet();
}
