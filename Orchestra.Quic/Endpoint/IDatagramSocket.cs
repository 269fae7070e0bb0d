using System.Net;

namespace Orchestra.Quic.Endpoint;

/// <summary>What became of datagrams that were sent in one call.</summary>
internal enum SendStatus
{
    /// <summary>They are on their way.</summary>
    Sent,

    /// <summary>They are lost, as they may be anywhere on their way.</summary>
    Lost,

    /// <summary>The system told of an earlier datagram instead of sending these.</summary>
    Interrupted,

    /// <summary>The kernel or the network device does not take several at once, or not these.</summary>
    NotAsBatch,
}

/// <summary>What came of waiting for a datagram.</summary>
internal enum ReceiveStatus
{
    Received,

    /// <summary>The peer's machine says that nobody listens there.</summary>
    Refused,

    /// <summary>Nothing is there.</summary>
    None,

    /// <summary>The system could not receive, and may not be able to the next time either.</summary>
    Failed,

    /// <summary>The socket is closed.</summary>
    Closed,
}

/// <summary>A UDP socket as the engine uses it.</summary>
internal interface IDatagramSocket : IDisposable
{
    IPEndPoint LocalEndPoint { get; }

    /// <summary>Whether several datagrams may go in one call.</summary>
    bool CanBatch { get; }

    /// <summary>Sends a datagram. One that cannot be sent is lost, as it may be anywhere on its way.</summary>
    void Send(ReadOnlySpan<byte> datagram, SocketAddress remote);

    /// <summary>Sends datagrams of one size, the last of which may be shorter, in one call.</summary>
    SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote);

    /// <summary>Receives datagrams of one sender and one size, the last of which may be shorter.</summary>
    /// <param name="buffer">Room for all that can be joined: 64 KiB.</param>
    /// <param name="remote">Where they came from.</param>
    /// <param name="wait">Whether to wait for one.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="size">The size of each datagram.</param>
    /// <param name="ecn">The ECN bits of all of them; 0 where they are not known.</param>
    ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn);
}
