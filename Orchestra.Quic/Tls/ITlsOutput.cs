using Orchestra.Quic.Protection;

namespace Orchestra.Quic.Tls;

/// <summary>What a handshake gives to its connection. The spans are valid during the call only.</summary>
internal interface ITlsOutput
{
    /// <summary>Bytes to send in CRYPTO frames.</summary>
    /// <param name="level">The level they belong to.</param>
    /// <param name="data">The next bytes of that level's stream.</param>
    void SendCrypto(EncryptionLevel level, ReadOnlySpan<byte> data);

    /// <summary>The traffic secrets of a level, from which its packet keys are derived.</summary>
    /// <param name="level">Handshake or Application.</param>
    /// <param name="suite">The negotiated suite.</param>
    /// <param name="readSecret">The secret of what the peer sends.</param>
    /// <param name="writeSecret">The secret of what is sent to the peer.</param>
    void InstallSecrets(
        EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret);

    /// <summary>
    /// The peer's transport parameters, as soon as they were read: authentic only once the handshake completes.
    /// </summary>
    /// <param name="encoded">The extension's content.</param>
    void PeerTransportParameters(ReadOnlySpan<byte> encoded);

    /// <summary>The peer's Finished was verified, and ours is sent.</summary>
    void HandshakeComplete();
}
