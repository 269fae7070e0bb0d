using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic;
using Orchestra.Sdk.Tests.Quic.Connection;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Somebody on the path between a client and a server, who sees each datagram and has no keys but those of Initial packets, which everybody
/// has. Each step is done to the next datagram. All calls are answered all the same, unless it forged what only the handshake protects.
/// </summary>
internal sealed class DatagramSurface : FuzzSurface
{
    public const byte Pass = 0;
    public const byte Drop = 1;
    public const byte Twice = 2;
    public const byte HoldBack = 3;

    // Sends another one first: this one with changes, cut off, with the end of an older one, or an older one as it was.
    public const byte Changed = 4;
    public const byte CutOff = 5;
    public const byte Spliced = 6;
    public const byte Older = 7;
    public const byte Joined = 8;

    // Sends bytes first, as they are, or with the ids of the connection in a long header.
    public const byte Bytes = 9;
    public const byte LongHeader = 10;

    public const byte Elsewhere = 11;

    // With the keys that everybody has: to the server that is there, to the client, or as a client that nobody knows.
    public const byte ForgedToServer = 12;
    public const byte ForgedToClient = 13;
    public const byte Stranger = 14;
    public const byte ToTheOther = 15;
    private const byte Ops = 16;

    private const int MaxLost = 6;
    private const int MaxMoves = 3;
    private const long Patience = 1_500_000_000;

    private static readonly NetworkProfile Profile = new() { Delay = 2000, Jitter = 1 };

    public override string Name => "datagrams";

    public override bool IsQuic => true;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new Random(1);
            for (int i = 0; i < 40; i++)
            {
                yield return Script.Write(Enumerable.Range(0, 1 + (i / 2)).Select(_ => Make(random)));
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random) => Script.Mutate(input, random, Make, Change);

    public override IEnumerable<byte[]> Smaller(byte[] input) => Script.Smaller(input);

    // Two handshakes and their networks take less than 2 MB.
    public override long MaxAllocated(byte[] input) => 8_000_000 + (100L * input.Length) + (100_000L * Script.Read(input).Count);

    public override string Run(byte[] input)
    {
        int buffers = HeldBuffers.Count;
        string outcome;
        using (var attack = new Attack(Script.Read(input)))
        {
            outcome = attack.Run();
        }

        Require(HeldBuffers.Count == buffers, "a buffer was not given back");
        return outcome;
    }

    private static Step Make(Random random)
    {
        byte op = (byte)random.Next(Ops);
        byte[] data = op switch
        {
            ForgedToServer or ForgedToClient or Stranger => RandomFrame.Make(random),
            Bytes or LongHeader => ByteMutations.Bytes(random, random.Next(random.Next(3) == 0 ? 1400 : 60)),
            _ => ByteMutations.Bytes(random, 3 * random.Next(1, 4)),
        };
        return new Step(op, random.Next(random.Next(2) == 0 ? 16 : 1500), data);
    }

    private static Step Change(Step step, Random random) => random.Next(4) switch
    {
        0 => step with { Op = (byte)random.Next(Ops) },
        1 => step with { Argument = random.Next(1 << random.Next(1, 12)) },
        2 => step with { Data = RandomNumbers.ChangeOne(step.Data, random) },
        _ => step with { Data = ByteMutations.Mutate(step.Data, random) },
    };

    private sealed class Attack : IDisposable
    {
        private readonly SimulatedNetwork _network = new(seed: 1, Profile, Options(isServer: false), Options(isServer: true));
        private readonly SimulatedCalls _calls;
        private readonly Queue<Step> _steps;
        private readonly List<(bool ToServer, byte[] Bytes)> _seen = [];
        private readonly List<ConnectionCore> _strangers = [];
        private readonly SocketAddress _elsewhere = new IPEndPoint(IPAddress.Loopback, 4444).Serialize();
        private ConnectionId _original;
        private ConnectionId _server;
        private (bool ToServer, byte[] Bytes)? _held;
        private bool _mayFail;
        private int _lost;
        private int _moves;

        public Attack(List<Step> steps)
        {
            _steps = new Queue<Step>(steps);
            _calls = new SimulatedCalls(_network) { MaxConcurrent = 2 };
            _network.Tamper = OnDatagram;

            // The applications take an end for a fault.
            Action step = _network.OnStep!;
            _network.OnStep = () =>
            {
                if (!_mayFail || !IsOver)
                {
                    step();
                }
            };
            foreach (int size in (ReadOnlySpan<int>)[100, 3000, 20_000, 0])
            {
                _calls.Add(size, seed: size);
            }
        }

        public string Run()
        {
            _network.RunUntil(() => _calls.Completed == 4 || (_mayFail && IsOver), Patience);
            string outcome = $"{_network.Client.CloseReason?.Origin} {_network.Client.CloseReason?.Reason} "
                + $"{_network.Server?.CloseReason?.Origin} {_network.Server?.CloseReason?.Reason} {_calls.Completed} {_strangers.Count}";
            foreach (ConnectionCore? connection in (ConnectionCore?[])[_network.Client, _network.Server, .. _strangers])
            {
                Require(connection?.CloseReason?.Origin is not CloseOrigin.Fault, "a connection closed for a fault of its own");
            }

            _network.OnStep = null;
            _network.Tamper = null;
            _network.Client.Close(0, "", _network.Now);
            _network.RunFor(1_000_000_000);
            Require(
                _network.Client.State == ConnectionState.Closed && _network.Server?.State is null or ConnectionState.Closed,
                $"a connection that was closed never ends: {_network.Client}; {_network.Server}");
            return outcome;
        }

        public void Dispose()
        {
            _network.Dispose();
            _strangers.ForEach(static stranger => stranger.Dispose());
        }

        private bool IsOver => (_network.Client.CloseReason ?? _network.Server?.CloseReason) is not null;

        private static ConnectionOptions Options(bool isServer) => new()
        {
            IsServer = isServer,
            MaxDatagramSize = 2000,
            StatelessResetKey = new byte[32],
            HandshakeTimeout = 400_000_000,
            IdleTimeout = 900_000_000,
            AnswerTimeout = 0,
            Tls = SimulatedPeers.Options(isServer).Tls,
        };

        private byte[]? OnDatagram(bool toServer, byte[] datagram)
        {
            Note(toServer, datagram);
            if (_held is var (heldToServer, held))
            {
                _held = null;
                _network.Inject(heldToServer, held);
            }

            return _steps.TryDequeue(out Step? step) ? Do(step, toServer, datagram) : datagram;
        }

        private void Note(bool toServer, byte[] datagram)
        {
            _seen.Add((toServer, [.. datagram]));
            if (PacketHeader.TryParse(datagram, LocalConnectionIds.Length, out PacketHeader header) && header.IsLong)
            {
                if (toServer && _original.Length == 0)
                {
                    _original = header.Destination;
                }

                if (!toServer)
                {
                    _server = header.Source;
                }
            }
        }

        private byte[]? Do(Step step, bool toServer, byte[] datagram)
        {
            (bool ToServer, byte[] Bytes) older = _seen[step.Argument % _seen.Count];
            switch (step.Op % Ops)
            {
                case Drop when _lost++ < MaxLost:
                    return null;
                case Twice:
                    Inject(toServer, [.. datagram]);
                    break;
                case HoldBack:
                    _held = (toServer, datagram);
                    return null;
                case Changed:
                    Inject(toServer, WithChanges(datagram, step.Data));
                    break;
                case CutOff:
                    Inject(toServer, datagram[..(step.Argument % datagram.Length)]);
                    break;
                case Spliced:
                    int at = step.Data.Length == 0 ? 20 : step.Data[0];
                    Inject(toServer, [.. datagram.Take(at), .. older.Bytes.Skip(at)]);
                    break;
                case Older:
                    Inject(older.ToServer, [.. older.Bytes]);
                    break;
                case Joined:
                    Inject(toServer, [.. datagram, .. older.Bytes.Take(1500)]);
                    break;
                case Bytes:
                    Inject(toServer, [.. step.Data]);
                    break;
                case LongHeader:
                    Inject(toServer, WithIds(step, datagram));
                    break;
                case Elsewhere when toServer && _moves++ < MaxMoves && _network.Server is not null:
                    _network.Inject(toServer: true, datagram, _elsewhere);
                    return null;
                case ForgedToServer when _network.Server is not null:
                    _mayFail = true;
                    Inject(toServer: true, Forge(step, _server, ofClient: true));
                    break;
                case ForgedToClient:
                    _mayFail = true;
                    Inject(toServer: false, Forge(step, _network.Client.LocalIds.First(), ofClient: false));
                    break;
                case Stranger:
                    Begin(step);
                    break;
                case ToTheOther:
                    Inject(!toServer, [.. datagram]);
                    break;
            }

            return datagram;
        }

        /// <summary>Delivers as an endpoint would: by the id, and what has none of ours may begin a connection only where it is whole.</summary>
        private void Inject(bool toServer, byte[] datagram)
        {
            if (!PacketHeader.TryParse(datagram, LocalConnectionIds.Length, out PacketHeader header))
            {
                return;
            }

            if (toServer && _network.Server is null)
            {
                if (header.Type != PacketType.Initial || datagram.Length < ConnectionCore.BaseDatagramSize || header.Destination.Length < 8
                    || !IsWhole(datagram[..header.Length], header) || !header.Destination.Equals(_original))
                {
                    return;
                }
            }
            else if (toServer)
            {
                if (!header.Destination.Equals(_original) && !_network.Server!.LocalIds.Contains(header.Destination))
                {
                    return;
                }
            }
            else if (header.IsLong && !_network.Client.LocalIds.Contains(header.Destination))
            {
                return;
            }

            // Before the server has said anything, anybody can say for it that it speaks another version, or wants a token.
            _mayFail |= !toServer && header.Type is PacketType.VersionNegotiation or PacketType.Retry;
            _network.Inject(toServer, datagram);
        }

        private static bool IsWhole(byte[] packet, in PacketHeader header)
        {
            try
            {
                return FirstPacket.TryOpen(packet, header);
            }
            catch (TransportException)
            {
                return false;
            }
        }

        private static byte[] WithChanges(byte[] datagram, byte[] changes)
        {
            byte[] changed = [.. datagram];
            for (int i = 0; i + 2 < changes.Length; i += 3)
            {
                // Mostly in the header.
                int at = (changes[i] < 192 ? changes[i + 1] % 48 : (changes[i] << 8) | changes[i + 1]) % changed.Length;
                changed[at] ^= changes[i + 2];
            }

            return changed;
        }

        private static byte[] WithIds(Step step, byte[] datagram)
        {
            var header = new List<byte> { (byte)(0xc0 | step.Argument) };
            int version = (step.Argument >> 6) % 4;
            header.AddRange(version == 0 ? [0, 0, 0, 0] : version == 1 ? [0x6b, 0x33, 0x43, 0xcf] : [0, 0, 0, 1]);
            PacketHeader.TryParse(datagram, LocalConnectionIds.Length, out PacketHeader parsed);
            byte[] destination = new byte[parsed.Destination.Length];
            byte[] source = new byte[parsed.Source.Length];
            parsed.Destination.CopyTo(destination);
            parsed.Source.CopyTo(source);
            return [.. header, (byte)destination.Length, .. destination, (byte)source.Length, .. source, .. step.Data];
        }

        private byte[] Forge(Step step, in ConnectionId destination, bool ofClient)
        {
            (PacketKeys client, PacketKeys server) = InitialKeys.Derive(_original);
            return SealedPacket.Make(
                EncryptionLevel.Initial,
                step.Data.AsSpan(0, Math.Min(step.Data.Length, 1100)),
                destination,
                ofClient ? _network.Client.LocalIds.First() : _server,
                ofClient ? client : server,
                phase: false,
                step.Argument % 64,
                PacketSpec.Usual);
        }

        /// <summary>Somebody begins a connection of his own, of which nothing need come and nothing may stay.</summary>
        private void Begin(Step step)
        {
            ConnectionId destination = ConnectionId.Of([0x57, 0x57, 0x57, 0x57, 0x57, 0x57, 0x57, (byte)step.Argument]);
            byte[] packet = SealedPacket.Make(
                EncryptionLevel.Initial,
                step.Data.AsSpan(0, Math.Min(step.Data.Length, 1100)),
                destination,
                ConnectionId.Of([1, 2, 3]),
                InitialKeys.Derive(destination).Client,
                phase: false,
                step.Argument,
                PacketSpec.Usual);
            PacketHeader.TryParse(packet, LocalConnectionIds.Length, out PacketHeader header);
            if (!IsWhole(packet, header))
            {
                return;
            }

            int buffers = HeldBuffers.Count;
            ConnectionCore stranger = ConnectionCore.CreateServer(
                _network.ServerOptions, header, header.Destination, retrySource: null, _elsewhere, isAddressValidated: false, _network.Now);
            _strangers.Add(stranger);
            stranger.Receive(new ReceivedDatagram(packet, _elsewhere, ecn: 0, _network.Now));
            byte[] answer = new byte[ConnectionCore.LargestDatagramSize];
            int sent = 0;
            int length;
            while ((length = stranger.Send(answer, _network.Now)) > 0)
            {
                sent += length;
            }

            Invariants.Check(stranger);
            Require(sent <= 3 * packet.Length, "a stranger was sent more than three times what it sent");
            Require(
                stranger.State is ConnectionState.Handshaking or ConnectionState.Closed, "a stranger's connection that failed is kept");
            Require(stranger.State == ConnectionState.Handshaking || HeldBuffers.Count == buffers, "a stranger's connection that failed keeps buffers");
        }
    }
}
