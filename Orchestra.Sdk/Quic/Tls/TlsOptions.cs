namespace Orchestra.Sdk.Quic.Tls;

/// <summary>What one side of a handshake offers and demands.</summary>
internal sealed class TlsOptions
{
    /// <summary>The one protocol that both sides must agree on (ALPN).</summary>
    public required string ApplicationProtocol { get; init; }

    /// <summary>Who this side is. A server must have one; a client without is refused by servers that demand it.</summary>
    public TlsIdentity? Identity { get; init; }

    /// <summary>The certificates, DER, that the peer's chain may end in.</summary>
    public required byte[][] TrustedAuthorities { get; init; }

    /// <summary>The DNS name or IP address that the server's certificate must carry; null: not checked. Clients only.</summary>
    public string? TargetName { get; init; }

    /// <summary>Tells whether certificates are valid now.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
