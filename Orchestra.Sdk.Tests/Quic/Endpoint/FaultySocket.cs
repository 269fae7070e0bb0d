using System.Net;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>A socket that cannot receive for as long as a test wants.</summary>
internal sealed class FaultySocket(IDatagramSocket inner) : IDatagramSocket
{
    private int _receives;

    /// <summary>Null: it works.</summary>
    public Func<ReceiveStatus>? Fault { get; set; }

    /// <summary>How often it was asked and could not.</summary>
    public int Failures => Volatile.Read(ref _receives);

    public IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool CanBatch => inner.CanBatch;

    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote) => inner.Send(datagram, remote);

    public SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote) => inner.SendBatch(datagrams, size, remote);

    public ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn)
    {
        if (Fault is { } fault)
        {
            Interlocked.Increment(ref _receives);
            length = 0;
            size = 0;
            ecn = 0;
            return fault();
        }

        return inner.Receive(buffer, remote, wait, out length, out size, out ecn);
    }

    public void Dispose() => inner.Dispose();
}
