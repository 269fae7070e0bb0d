namespace Orchestra.Quic.Tls;

/// <summary>
/// One side of a TLS 1.3 handshake as QUIC uses it (RFC 9001 §4): messages and secrets, no records. Not thread-safe.
/// </summary>
internal abstract class TlsHandshake : IDisposable
{
    /// <summary>Whether the handshake is complete (RFC 9001 §4.1.1).</summary>
    public abstract bool IsComplete { get; }

    /// <summary>The peer's certificate, DER, once its chain was verified.</summary>
    public abstract byte[]? PeerCertificate { get; }

    /// <summary>How many of the peer's signatures were checked: what the peer made this side pay.</summary>
    public abstract int SignaturesChecked { get; }

    /// <summary>Makes a client's side.</summary>
    /// <param name="options">What it offers and demands.</param>
    /// <param name="transportParameters">The encoded transport parameters to send.</param>
    /// <param name="output">Takes what the handshake yields. What it throws comes out of the call that led to it.</param>
    /// <returns>The handshake; <see cref="Start"/> begins it.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static TlsHandshake CreateClient(TlsOptions options, ReadOnlySpan<byte> transportParameters, ITlsOutput output) =>
        new BouncyHandshake(isServer: false, options, transportParameters.ToArray(), output);

    /// <summary>Makes a server's side, which demands a client certificate.</summary>
    /// <param name="options">What it offers and demands; with an identity.</param>
    /// <param name="transportParameters">The encoded transport parameters to send.</param>
    /// <param name="output">Takes what the handshake yields. What it throws comes out of the call that led to it.</param>
    /// <returns>The handshake.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static TlsHandshake CreateServer(TlsOptions options, ReadOnlySpan<byte> transportParameters, ITlsOutput output) =>
        new BouncyHandshake(isServer: true, options, transportParameters.ToArray(), output);

    /// <summary>Begins: a client sends its ClientHello, a server waits for one.</summary>
    public abstract void Start();

    /// <summary>Takes the next CRYPTO bytes of a level, in order.</summary>
    /// <param name="level">The level of the packet they came in.</param>
    /// <param name="data">The bytes, split anywhere.</param>
    /// <exception cref="TlsAlertException">The peer broke a rule. Further calls throw the same.</exception>
    public abstract void Receive(EncryptionLevel level, ReadOnlySpan<byte> data);

    /// <inheritdoc/>
    public abstract void Dispose();
}
