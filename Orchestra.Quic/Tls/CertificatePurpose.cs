namespace Orchestra.Quic.Tls;

/// <summary>What a peer's certificate must be good for.</summary>
internal enum CertificatePurpose
{
    /// <summary>To be a client.</summary>
    Client,

    /// <summary>To be the server that was dialed.</summary>
    Server,
}
