using Orchestra.Quic.Qlog;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;

namespace Orchestra.Quic.Connection;

/// <summary>What both sides of a connection agree on beforehand, and our limits. All times are microseconds.</summary>
internal sealed class ConnectionOptions
{
    public required bool IsServer { get; init; }

    public required TlsOptions Tls { get; init; }

    /// <summary>Secret of the endpoint that stateless reset tokens are made of, RFC 9000 §10.3.2.</summary>
    public required byte[] StatelessResetKey { get; init; }

    /// <summary>How long nothing may come before the connection is given up; 0 for ever.</summary>
    public long IdleTimeout { get; init; } = 5L * 60 * 1_000_000;

    /// <summary>
    /// How long nothing may come while something asks for an answer, before the peer is given up; 0 as long as while nothing does. Never
    /// before two probe timeouts in a row, so that a process that was stopped does not blame its peer.
    /// </summary>
    public long AnswerTimeout { get; init; } = 10L * 1_000_000;

    /// <summary>How long nothing may be sent before a PING; 0 never.</summary>
    public long KeepAliveInterval { get; init; } = 15L * 1_000_000;

    /// <summary>How long a handshake may take.</summary>
    public long HandshakeTimeout { get; init; } = 10L * 1_000_000;

    public StreamOptions Streams { get; init; } = new();

    /// <summary>Where it is written down what happens; null for nowhere.</summary>
    public QlogDirectory? Qlog { get; init; }

    /// <summary>How large datagrams to the same machine may become, up to <see cref="ConnectionCore.LargestDatagramSize"/>.</summary>
    public int MaxDatagramSize { get; init; } = ConnectionCore.LargestDatagramSize;

    /// <summary>After so many packets with one key another is used, long before its limit.</summary>
    public long KeyUpdateInterval { get; init; } = 1L << 20;

    /// <summary>A connection that could not change its key after so many packets is closed; never above the cipher's own limit.</summary>
    public long MaxPacketsPerKey { get; init; } = long.MaxValue;

    /// <summary>After so many packets that are not authentic the connection is closed; never above the cipher's own limit.</summary>
    public long MaxForgedPackets { get; init; } = long.MaxValue;
}
