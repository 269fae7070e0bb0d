using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>A socket without a network: it receives what the test puts in, and what is sent waits for the test.</summary>
internal sealed class MemorySocket : IDatagramSocket
{
    private readonly BlockingCollection<(byte[] Datagram, SocketAddress From)> _incoming = [];
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();

    /// <summary>What the endpoint sends.</summary>
    public ChannelReader<byte[]> Sent => _outgoing.Reader;

    public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 4433);

    public bool CanBatch => false;

    /// <summary>A datagram comes.</summary>
    public void Deliver(ReadOnlySpan<byte> datagram, SocketAddress from) => _incoming.Add((datagram.ToArray(), NetworkPath.Copy(from)));

    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote) => _outgoing.Writer.TryWrite(datagram.ToArray());

    public SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote) => SendStatus.NotAsBatch;

    public ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn)
    {
        length = 0;
        size = 0;
        ecn = 0;
        if (!_incoming.TryTake(out (byte[] Datagram, SocketAddress From) next, wait ? Timeout.Infinite : 0))
        {
            return _incoming.IsCompleted ? ReceiveStatus.Closed : ReceiveStatus.None;
        }

        next.Datagram.CopyTo(buffer);
        next.From.Buffer.Span[..next.From.Size].CopyTo(remote.Buffer.Span);
        length = next.Datagram.Length;
        size = length;
        return ReceiveStatus.Received;
    }

    public void Dispose() => _incoming.CompleteAdding();
}
