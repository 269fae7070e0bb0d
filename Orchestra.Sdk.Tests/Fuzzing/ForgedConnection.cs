using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic;
using Orchestra.Sdk.Tests.Quic.Connection;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>How far the handshake of a forged connection is.</summary>
internal enum Stage
{
    Connected,
    HasHandshakeKeys,
    Begins,
}

/// <summary>
/// A connection and its peer, who know the same secrets without a handshake, which would take a hundred times as long. The peer sends
/// whatever packets it is told to, and reads all that comes.
/// </summary>
internal sealed class ForgedConnection : IDisposable
{
    private const int MaxDatagramsAtOnce = 200;
    private const int MaxTimersWithoutTime = 100;
    private const long BetweenDatagrams = 1000;

    private static readonly byte[] ClientSecret = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];
    private static readonly byte[] ServerSecret = [.. Enumerable.Range(101, 32).Select(static i => (byte)i)];

    private readonly bool _isServer;
    private readonly PacketKeys?[] _read = new PacketKeys?[3];
    private readonly PacketKeys?[] _write = new PacketKeys?[3];
    private readonly long[] _nextNumber = new long[3];
    private readonly ReceivedPackets[] _received = [new(0), new(0), new(0)];
    private readonly HashSet<ConnectionId> _routes = [];
    private readonly byte[] _buffer = new byte[ConnectionCore.LargestDatagramSize];
    private readonly byte[] _opened = new byte[ConnectionCore.LargestDatagramSize];
    private readonly SocketAddress _elsewhere = new IPEndPoint(IPAddress.Loopback, 3333).Serialize();
    private readonly SocketAddress _address = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
    private readonly ConnectionId _id = ConnectionId.Of([9, 8, 7, 6, 5, 4, 3, 2]);
    private readonly ConnectionId _original = ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8]);
    private readonly ConnectionId _destination;
    private bool _phase;
    private bool _readPhase;

    /// <param name="options">Of the connection, which say what it is.</param>
    /// <param name="stage">How far it is.</param>
    /// <param name="parameters">The encoded transport parameters of the peer, all but its ids; null for some usual ones.</param>
    public ForgedConnection(ConnectionOptions options, Stage stage, byte[]? parameters = null)
    {
        _isServer = !options.IsServer;
        if (_isServer)
        {
            Core = ConnectionCore.CreateClient(options, _address, Now);
            byte[] first = _buffer[..Core.Send(_buffer, Now)];
            PacketHeader.TryParse(first, LocalConnectionIds.Length, out PacketHeader header);
            _original = header.Destination;
            _destination = header.Source;
        }
        else
        {
            byte[] first = new byte[ConnectionCore.BaseDatagramSize];
            var writer = new SpanWriter(first);
            PacketWriter.TryWriteLongHeader(ref writer, PacketType.Initial, _original, _id, [], 0, 4, out _, out _);
            PacketHeader.TryParse(first, LocalConnectionIds.Length, out PacketHeader header);
            Core = ConnectionCore.CreateServer(options, header, _original, retrySource: null, _address, isAddressValidated: true, Now);
            _destination = Core.LocalIds.First();
        }

        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(_original);
        (_read[0], _write[0]) = _isServer ? (client, server) : (server, client);
        if (stage == Stage.Begins)
        {
            return;
        }

        if (_isServer)
        {
            // A client takes the server's id from its first packet.
            Send(EncryptionLevel.Initial, [(byte)FrameType.Ping]);
        }

        ITlsOutput output = Core;
        output.PeerTransportParameters(WithIds(parameters ?? UsualParameters()));
        Install(output, EncryptionLevel.Handshake);
        if (stage == Stage.Connected)
        {
            Install(output, EncryptionLevel.Application);
            Handshake handshake = Invariants.Parts(Core).Handshake;
            handshake.EndSpace(Invariants.Parts(Core).Spaces.Initial);
            output.HandshakeComplete();
            if (_isServer)
            {
                handshake.Confirm();
            }
        }
    }

    /// <summary>The connection under test.</summary>
    public ConnectionCore Core { get; }

    public long Now { get; private set; } = 1_000_000;

    /// <summary>How many datagrams the connection sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The frames of the last CONNECTION_CLOSE: its code, and the type of frame that it blames.</summary>
    public (long Code, long FrameType)? Close { get; private set; }

    /// <summary>Whether the peer has keys of a level.</summary>
    public bool CanSend(EncryptionLevel level) => _write[(int)level] is not null;

    /// <summary>What is unusual about the next packet of a level.</summary>
    public PacketSpec Spec(EncryptionLevel level, bool skipsNumbers, bool repeatsNumber, bool setsReservedBits, bool flipsPhase)
    {
        long next = _nextNumber[(int)level];
        return new PacketSpec
        {
            Number = repeatsNumber ? Math.Max(0, next - 1) : skipsNumbers ? next + 1000 : null,
            FirstByteBits = (byte)(setsReservedBits ? 0x08 : 0),
            Phase = flipsPhase ? !_phase : null,
        };
    }

    /// <summary>Sends a packet, and takes what the connection sends for it.</summary>
    public void Send(EncryptionLevel level, byte[] frames, PacketSpec? spec = null, bool fromElsewhere = false)
    {
        spec ??= PacketSpec.Usual;
        int space = (int)level;
        long number = spec.Number ?? _nextNumber[space];
        _nextNumber[space] = Math.Max(_nextNumber[space], number + 1);
        Deliver(
            SealedPacket.Make(level, frames, _destination, _id, _write[space]!, spec.Phase ?? _phase, number, spec), fromElsewhere);
    }

    public void Deliver(byte[] datagram, bool fromElsewhere = false)
    {
        Now += BetweenDatagrams;
        Core.Receive(new ReceivedDatagram(datagram, fromElsewhere ? _elsewhere : _address, ecn: Sent % 3, Now));
        Pump();
    }

    /// <summary>Acknowledges all that came.</summary>
    public void Acknowledge(EncryptionLevel level)
    {
        ReceivedPackets received = _received[(int)level];
        if (received.Largest >= 0)
        {
            Send(level, ScriptedPeer.Frame((ref w) => FrameWriter.TryWriteAck(ref w, 0, received.Ranges, out _)));
        }
    }

    /// <summary>Uses the next keys from now on.</summary>
    public void UpdateKeys()
    {
        _write[2] = _write[2]!.Next();
        _phase = !_phase;
    }

    /// <summary>Lets time pass, with the timers of the connection.</summary>
    public void Advance(long time)
    {
        long end = Now + time;
        int standing = 0;
        while (Core.NextTimeout <= end)
        {
            standing = Core.NextTimeout > Now ? 0 : standing + 1;
            Require(standing < MaxTimersWithoutTime, "a timer is due again and again and nothing comes of it");
            Now = Math.Max(Now, Core.NextTimeout);
            Core.OnTimeout(Now);
            Pump();
        }

        Now = end;
    }

    /// <summary>Takes what the connection has to send.</summary>
    public void Pump()
    {
        TakeRouteChanges();
        int length;
        int count = 0;
        while ((length = Core.Send(_buffer, Now)) > 0)
        {
            Require(count++ < MaxDatagramsAtOnce, "the connection sends without end");
            Sent++;
            Read(_buffer.AsSpan(0, length));
        }

        TakeRouteChanges();
        Invariants.Check(Core);
    }

    public void Dispose()
    {
        TakeRouteChanges();
        Require(
            _routes.SetEquals(Core.State == ConnectionState.Closed ? [] : Core.LocalIds), "the ids that lead to the connection are others");
        Core.Dispose();
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new OracleException(what);
        }
    }

    private static byte[] UsualParameters() => new TransportParameters
    {
        InitialMaxData = 1 << 20,
        InitialMaxStreamDataBidiLocal = 1 << 16,
        InitialMaxStreamDataBidiRemote = 1 << 16,
        InitialMaxStreamDataUni = 1 << 16,
        InitialMaxStreamsBidi = 10,
        InitialMaxStreamsUni = 10,
        ActiveConnectionIdLimit = 4,
    }.Encode();

    private byte[] WithIds(byte[] encoded)
    {
        TransportParameters parameters = TransportParameters.Decode(encoded, fromServer: _isServer);
        parameters.InitialSourceConnectionId = _id;
        parameters.OriginalDestinationConnectionId = _isServer ? _original : null;
        parameters.RetrySourceConnectionId = null;
        return parameters.Encode();
    }

    private void Install(ITlsOutput output, EncryptionLevel level)
    {
        const CipherSuite Suite = CipherSuite.Aes128GcmSha256;
        (byte[] ofCore, byte[] ofPeer) = _isServer ? (ClientSecret, ServerSecret) : (ServerSecret, ClientSecret);
        output.InstallSecrets(level, Suite, readSecret: ofPeer, writeSecret: ofCore);
        _read[(int)level] = PacketKeys.Create(Suite, ofCore);
        _write[(int)level] = PacketKeys.Create(Suite, ofPeer);
    }

    private void TakeRouteChanges()
    {
        while (Core.TryTakeRouteChange(out RouteChange change))
        {
            Require(change.IsAdded ? _routes.Add(change.Id) : _routes.Remove(change.Id), "an id came twice, or went that was not there");
        }
    }

    private void Read(Span<byte> datagram)
    {
        while (!datagram.IsEmpty)
        {
            Require(PacketHeader.TryParse(datagram, _id.Length, out PacketHeader header), "the connection sent what is no packet");
            int space = header.Type switch
            {
                PacketType.Initial => 0,
                PacketType.Handshake => 1,
                _ => 2,
            };
            Span<byte> packet = datagram[..header.Length];
            Require(
                _read[space] is null || TryRead(packet, header.PacketNumberOffset, space) || (space == 2 && TryReadWithOtherId(packet)),
                "the connection sent what cannot be decrypted");
            datagram = datagram[header.Length..];
        }
    }

    /// <summary>A short header does not say how long the id is, and the peer may have issued any.</summary>
    private bool TryReadWithOtherId(Span<byte> packet)
    {
        for (int length = 1; length <= ConnectionId.MaxLength; length++)
        {
            if (TryRead(packet, 1 + length, space: 2))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryRead(ReadOnlySpan<byte> sealedPacket, int numberOffset, int space)
    {
        Span<byte> packet = _opened.AsSpan(0, sealedPacket.Length);
        sealedPacket.CopyTo(packet);
        PacketKeys keys = _read[space]!;
        if (!HeaderProtection.TryRemove(packet, numberOffset, keys, out int numberLength, out long truncated))
        {
            return false;
        }

        long number = PacketNumber.Decode(truncated, numberLength, _received[space].Largest);
        int payloadStart = numberOffset + numberLength;
        bool phase = space == 2 && (packet[0] & 0x04) != 0;
        bool isUpdate = space == 2 && phase != _readPhase;
        keys = isUpdate ? keys.Next() : keys;
        if (packet.Length - payloadStart < PacketKeys.TagLength || !keys.TryDecrypt(number, packet[..payloadStart], packet[payloadStart..]))
        {
            return false;
        }

        _readPhase = isUpdate ? phase : _readPhase;
        _read[space] = keys;
        Read(packet[payloadStart..^PacketKeys.TagLength], number, space);
        return true;
    }

    private void Read(ReadOnlySpan<byte> payload, long number, int space)
    {
        var reader = new FrameReader(payload);
        bool isAckEliciting = false;
        while (reader.TryRead(out Frame frame))
        {
            FrameRules.CheckAllowed((PacketNumberSpace)space, frame.Type, toServer: _isServer);
            isAckEliciting |= frame.IsAckEliciting;
            if (frame.Type is FrameType.ConnectionClose or FrameType.ApplicationClose)
            {
                Close = (frame.ErrorCode, frame.OffendingFrameType);
            }
        }

        _received[space].Add(number, isAckEliciting, ecn: 0, Now);
    }
}
