using Orchestra.Quic.Protection;

namespace Orchestra.Quic.Tls;

/// <summary>What one side of a handshake offers and demands.</summary>
internal sealed class TlsOptions
{
    /// <summary>The one protocol that both sides must agree on (ALPN).</summary>
    public required string ApplicationProtocol { get; init; }

    /// <summary>Who this side is. A server must have one; a client without is refused by servers that demand it.</summary>
    public TlsIdentity? Identity { get; init; }

    /// <summary>The certificates, DER, that the peer's chain may end in.</summary>
    public required byte[][] TrustedAuthorities { get; init; }

    /// <summary>The same authorities, read once.</summary>
    /// <exception cref="TlsAlertException">One is malformed, or has a key of an unknown kind.</exception>
    public IReadOnlyList<ParsedCertificate> ParsedAuthorities =>
        field ??= Array.ConvertAll(TrustedAuthorities, ParsedCertificate.Parse);

    /// <summary>The peers' certificates that these authorities are known to have signed.</summary>
    public CheckedCertificates CheckedCertificates { get; } = new();

    /// <summary>The DNS name or IP address that the server's certificate must carry; null: not checked. Clients only.</summary>
    public string? TargetName { get; init; }

    /// <summary>Tells whether certificates are valid now.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The suites, best first. A server takes the first of its own that the client offers.</summary>
    public IReadOnlyList<CipherSuite> CipherSuites { get; init; } = Protection.CipherSuites.Usable;

    /// <summary>The groups, best first. A server prefers those that a share came for, which saves a round trip.</summary>
    public IReadOnlyList<KeyExchangeGroup> Groups { get; init; } =
        [KeyExchangeGroup.X25519MlKem768, KeyExchangeGroup.X25519, KeyExchangeGroup.Secp256R1];

    /// <summary>The groups that a client sends shares for; by default only X25519, so that its hello fits one packet.</summary>
    public IReadOnlyList<KeyExchangeGroup> KeyShares { get; init; } = [KeyExchangeGroup.X25519];
}
