namespace Orchestra.Quic.Endpoint;

/// <summary>What kind of failure a <see cref="QuicException"/> tells of.</summary>
internal enum QuicError
{
    /// <summary>The peer closed the connection with an application error code.</summary>
    ConnectionAborted,

    /// <summary>The peer aborted its direction of the stream, or wants no more of ours.</summary>
    StreamAborted,

    /// <summary>The handshake took too long.</summary>
    ConnectionTimeout,

    /// <summary>The peer takes no connection, or nobody listens there.</summary>
    ConnectionRefused,

    /// <summary>The peer speaks no version of QUIC that we do.</summary>
    VersionNegotiationError,

    /// <summary>Nothing came for too long.</summary>
    ConnectionIdle,

    /// <summary>Our side aborted or closed it.</summary>
    OperationAborted,

    /// <summary>The TLS handshake failed: a certificate or the protocol was not accepted.</summary>
    HandshakeFailed,

    /// <summary>One side broke the rules of QUIC, or the peer lost its state.</summary>
    TransportError,

    /// <summary>A fault of this side.</summary>
    InternalError,
}
