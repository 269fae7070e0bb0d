namespace Orchestra.Quic.Connection;

/// <summary>Where a connection is in its life, RFC 9000 §10.</summary>
internal enum ConnectionState
{
    Handshaking,

    Connected,

    /// <summary>We closed it, and answer what still comes with the reason.</summary>
    Closing,

    /// <summary>The peer closed it, and we keep silent.</summary>
    Draining,

    /// <summary>Nothing is left of it.</summary>
    Closed,
}
