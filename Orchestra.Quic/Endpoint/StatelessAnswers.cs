using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>What a server answers without a connection. None is longer than what it answers.</summary>
internal sealed class StatelessAnswers(QuicEndpoint endpoint, byte[] resetKey)
{
    // Enough for honest peers after a restart; each is for who may have forged its address.
    private const int MaxPerSecond = 200;

    // As long as a small short header packet.
    private const int ResetLength = 42;

    private readonly RateLimit _limit = new(endpoint.Clock, MaxPerSecond);

    /// <summary>RFC 9000 §6.</summary>
    public void SendVersionNegotiation(in PacketHeader header, SocketAddress remote)
    {
        if (_limit.TryTake())
        {
            Span<byte> packet = stackalloc byte[128];
            int length = PacketWriter.WriteVersionNegotiation(packet, destination: header.Source, source: header.Destination);
            endpoint.Sender.Send(packet[..length], remote);
        }
    }

    /// <summary>RFC 9000 §8.1.2.</summary>
    public void SendRetry(in PacketHeader header, in ConnectionId source, ReadOnlySpan<byte> token, SocketAddress remote)
    {
        Span<byte> packet = stackalloc byte[256];
        int length = RetryIntegrity.WriteRetry(packet, header.Source, source, header.Destination, token);
        endpoint.Sender.Send(packet[..length], remote);
    }

    /// <summary>RFC 9000 §10.3: shorter than what it answers, so that two that lost their state do not go on for ever.</summary>
    public void SendReset(int answeredLength, in ConnectionId destination, SocketAddress remote)
    {
        int length = Math.Min(answeredLength - 1, ResetLength);
        if (length < StatelessReset.MinLength || !_limit.TryTake())
        {
            return;
        }

        Span<byte> packet = stackalloc byte[length];
        SystemRandom.Fill(packet);
        packet[0] = (byte)(0x40 | (packet[0] & 0x3f));
        StatelessReset.ComputeToken(resetKey, destination, packet[^StatelessReset.TokenLength..]);
        endpoint.Sender.Send(packet, remote);
    }

    /// <summary>An Initial packet that closes the connection before there is one, RFC 9000 §5.2.2 and §8.1.2.</summary>
    public void SendRefusal(in PacketHeader header, TransportErrorCode code, ReadOnlySpan<byte> reason, SocketAddress remote)
    {
        if (!_limit.TryTake())
        {
            return;
        }

        Span<byte> datagram = stackalloc byte[256];
        var answer = new LongHeader(PacketType.Initial, header.Source, ConnectionId.Random(LocalConnectionIds.Length), Token: []);
        PacketBuilder.TryBegin(datagram, 0, answer, number: 0, largestAcknowledged: -1, out PacketBuilder builder);
        FrameWriter.TryWriteConnectionClose(ref builder.Writer, code, 0, reason);
        builder.TryEnd(out UnsealedPacket packet);
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(header.Destination);
        using (client)
        using (server)
        {
            packet.Seal(datagram, server);
        }

        endpoint.Sender.Send(datagram[..packet.End], remote);
    }
}
