using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Makes packets for a connection that is taken apart.</summary>
internal abstract class PacketReceiverFixture : ConnectionPartsFixture, IDisposable
{
    protected const int FullSize = ConnectionCore.BaseDatagramSize;
    protected const string Ping = "01";

    protected static readonly ConnectionId Stranger = ConnectionId.Of([9, 9, 9, 9, 9, 9, 9, 9]);

    private TlsSide? _tls;
    private PacketReceiver _packets = null!;

    public void Dispose() => _tls?.Dispose();

    protected void UseConnected(bool isServer)
    {
        Connect(isServer);
        UseReceiver(isServer);
    }

    protected void UseNew(bool isServer)
    {
        Release();
        Begin(isServer);
        UseReceiver(isServer);
    }

    private void UseReceiver(bool isServer)
    {
        _tls?.Dispose();
        _tls = new TlsSide(isServer, isServer ? TlsPair.ServerOptions() : TlsPair.ClientOptions(), TlsPair.ServerParameters);
        _packets = new PacketReceiver(Parts, new FrameReceiver(Parts, _tls.Handshake));
    }

    protected void Receive(byte[] datagram, SocketAddress? from = null, long now = Now) =>
        _packets.Receive(new ReceivedDatagram(datagram, from ?? Home, ecn: 0, now));

    protected byte[] Short(long number, string frames, byte bits = 0, ConnectionId? destination = null)
    {
        using PacketKeys keys = CreateKeys();
        byte[] datagram = new byte[FullSize];
        var header = new ShortHeader(destination ?? Parts.LocalIds.Initial, Phase: false);
        Assert.That(PacketBuilder.TryBegin(datagram, 0, header, number, largestAcknowledged: -1, out PacketBuilder builder));
        return Seal(datagram, ref builder, frames, bits, keys, size: 0);
    }

    /// <summary>An Initial packet, filled up to a size, or a Handshake packet of the peer.</summary>
    protected byte[] Long(
        PacketType type,
        long number,
        string frames,
        byte bits = 0,
        ConnectionId? destination = null,
        ConnectionId? source = null,
        byte[]? token = null,
        int size = FullSize,
        ConnectionId? keysOf = null)
    {
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(keysOf ?? Original);
        using (client)
        using (server)
        using (PacketKeys others = CreateKeys())
        {
            PacketKeys keys = type != PacketType.Initial ? others : Parts.IsServer ? client : server;
            byte[] datagram = new byte[FullSize];
            var header = new LongHeader(type, destination ?? Parts.LocalIds.Initial, source ?? Peer, token ?? []);
            Assert.That(PacketBuilder.TryBegin(datagram, 0, header, number, largestAcknowledged: -1, out PacketBuilder builder));
            return Seal(datagram, ref builder, frames, bits, keys, type == PacketType.Initial ? size : 0);
        }
    }

    private static byte[] Seal(byte[] datagram, ref PacketBuilder builder, string frames, byte bits, PacketKeys keys, int size)
    {
        builder.Writer.WriteBytes(Hex.Parse(frames));
        Assert.That(builder.TryEnd(out UnsealedPacket packet));
        if (size > 0)
        {
            packet.PadTo(datagram, size);
        }

        datagram[0] |= bits;
        packet.Seal(datagram, keys);
        return datagram[..packet.End];
    }

    protected byte[] VersionNegotiation(string versions, ConnectionId? source = null) =>
        [0x80, 0, 0, 0, 0, 8, .. Bytes(Parts.LocalIds.Initial), 8, .. Bytes(source ?? Original), .. Hex.Parse(versions)];

    protected byte[] Retry(ConnectionId? source = null, string token = "token")
    {
        byte[] packet = new byte[200];
        int length = RetryIntegrity.WriteRetry(
            packet, Parts.LocalIds.Initial, source ?? Peer, Original, System.Text.Encoding.ASCII.GetBytes(token));
        return packet[..length];
    }

    private static byte[] Bytes(ConnectionId id)
    {
        byte[] bytes = new byte[id.Length];
        id.CopyTo(bytes);
        return bytes;
    }
}
