using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>A connection taken apart. Both directions and both levels above Initial have the same keys, those of a secret of zeros.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal abstract class ConnectionPartsFixture
{
    protected const long Now = 1_000_000;

    protected static readonly SocketAddress Home = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
    protected static readonly SocketAddress Away = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();

    /// <summary>The peer's id, and the one that the client chose first.</summary>
    protected static readonly ConnectionId Peer = ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8]);
    protected static readonly ConnectionId Original = ConnectionId.Of([8, 7, 6, 5, 4, 3, 2, 1]);

    private ConnectionParts? _parts;

    protected ConnectionParts Parts => _parts ?? throw new InvalidOperationException("The test makes none.");

    protected PacketSpace Application => Parts.Spaces.Application;

    /// <summary>A connection that has just begun: a client's, or a server's whose client is where it says.</summary>
    protected void Begin(bool isServer, int maxDatagramSize = ConnectionCore.BaseDatagramSize)
    {
        ConnectionOptions options = SimulatedPeers.Options(isServer, maxDatagramSize: maxDatagramSize);
        _parts = new ConnectionParts(options, Original, isServer ? Peer : Original, retrySource: null, Home, Now);
        _parts.Paths.Current.IsValidated = true;
        _parts.Keys.InstallInitial(Original);
    }

    /// <summary>Gives it the keys of the handshake.</summary>
    protected void InstallHandshakeKeys() => Install(EncryptionLevel.Handshake);

    /// <summary>Gives it those of 1-RTT packets.</summary>
    protected void InstallApplicationKeys() => Install(EncryptionLevel.Application);

    /// <summary>A connection whose handshake is confirmed, and nothing to say.</summary>
    protected void Connect(bool isServer, int maxDatagramSize = ConnectionCore.BaseDatagramSize)
    {
        Begin(isServer, maxDatagramSize);
        InstallHandshakeKeys();
        InstallApplicationKeys();
        Parts.RemoteIds.ReplaceInitial(Peer);
        var parameters = new TransportParameters
        {
            InitialSourceConnectionId = Peer,
            OriginalDestinationConnectionId = isServer ? null : Original,
            InitialMaxData = 1 << 20,
            InitialMaxStreamDataBidiLocal = 1 << 16,
            InitialMaxStreamDataBidiRemote = 1 << 16,
            InitialMaxStreamsBidi = 10,
            AckDelayExponent = 10,
        };
        Parts.Streams.SetPeerParameters(Parts.Handshake.SetPeerParameters(parameters.Encode(), Peer));
        Parts.Handshake.EndSpace(Parts.Spaces.Initial);
        Parts.Handshake.Status.IsComplete = true;
        Parts.Handshake.Confirm();
        while (Parts.RouteChanges.TryDequeue(out _))
        {
        }
    }

    protected static PacketKeys CreateKeys() => PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]);

    /// <summary>Puts a packet with these frames among those that were sent.</summary>
    protected long AddSent(PacketSpace space, params IEnumerable<SentFrame> frames)
    {
        SentPacket packet = SentPacket.Rent();
        foreach (SentFrame frame in frames)
        {
            packet.Add(frame);
        }

        packet.Number = space.Sent.NextNumber++;
        packet.Time = Now;
        packet.Size = 100;
        packet.IsAckEliciting = true;
        packet.IsInFlight = true;
        Parts.Recovery.OnSent(space.Id, packet);
        return packet.Number;
    }

    /// <summary>The types of the frames of a payload; padding aside.</summary>
    protected static FrameType[] Types(ReadOnlySpan<byte> payload)
    {
        var types = new List<FrameType>();
        var reader = new FrameReader(payload);
        while (reader.TryRead(out Frame frame))
        {
            if (frame.Type != FrameType.Padding)
            {
                types.Add(frame.Type);
            }
        }

        return [.. types];
    }

    [TearDown]
    public void Release()
    {
        if (_parts is null)
        {
            return;
        }

        _parts.Recovery.DiscardAll();
        _parts.Keys.Dispose();
        _parts.Early.Clear();
        _parts.Streams.Clear();
        foreach (PacketSpace space in _parts.Spaces.All)
        {
            space.Crypto.Clear();
        }
    }

    private void Install(EncryptionLevel level) =>
        Parts.Keys.Install(level, CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
}
