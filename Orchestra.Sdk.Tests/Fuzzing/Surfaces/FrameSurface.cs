using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Frames of a peer that has the keys, any at any level, between what an application does and as time passes. The books balance after each
/// packet, nothing is thrown, and where the connection ends for a frame the code is one that the RFC has for it.
/// </summary>
internal sealed class FrameSurface : FuzzSurface
{
    // The first step: which side is tried, and how far it is.
    public const byte Start = 0;

    // A frame of 1-RTT, Initial and Handshake packets. The argument's lowest bit: in the same packet as the one before.
    public const byte Frame = 1;
    public const byte InitialFrame = 2;
    public const byte HandshakeFrame = 3;

    public const byte Advance = 4;
    public const byte Acknowledge = 5;
    public const byte Open = 6;
    public const byte Write = 7;
    public const byte Read = 8;
    public const byte Reset = 9;
    public const byte Stop = 10;
    public const byte Close = 11;
    public const byte UpdateKeys = 12;
    public const byte RequestKeyUpdate = 13;
    public const byte Datagram = 14;
    private const byte Ops = 15;

    private const int JoinsBefore = 1;
    private const int SkipsNumbers = 2;
    private const int SetsReservedBits = 4;
    private const int FlipsPhase = 8;
    private const int FromElsewhere = 16;
    private const int RepeatsNumber = 32;

    private const int MaxPayload = 8000;

    private static readonly StreamOptions Streams = new()
    {
        Window = 60,
        ConnectionWindow = 200,
        MaxBidirectional = 5,
        MaxUnidirectional = 2,
        SendBufferSize = 4096,
    };

    private static readonly ConnectionOptions Server = Options(isServer: true);
    private static readonly ConnectionOptions Client = Options(isServer: false);

    private readonly byte[] _data = new byte[4096];

    public override string Name => "frames";

    public override bool IsQuic => true;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            // Each type of frame, to a server and to a client.
            var random = new Random(1);
            for (int i = 0; i < 200; i++)
            {
                yield return Script.Write(
                    new Step(Start, i % 8, []), new Step(Frame, 0, RandomFrame.Make(random)), new Step(Frame, i % 2, RandomFrame.Make(random)));
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random) => Script.Mutate(input, random, Make, Change);

    public override IEnumerable<byte[]> Smaller(byte[] input) => Script.Smaller(input);

    // The engine makes 60 KB for a connection and nothing for a packet; the rest is the peer's.
    public override long MaxAllocated(byte[] input) => 1_000_000 + (100L * input.Length) + (40_000L * Script.Read(input).Count);

    public override string Run(byte[] input)
    {
        List<Step> steps = Script.Read(input);
        int how = steps is [{ Op: Start } start, ..] ? start.Argument : 0;

        // A client is dear: its keys for the handshake are made.
        bool isServer = how % 4 != 3;
        var stage = (Stage)(how / 4 % 4 is 3 ? 0 : how / 4 % 4);
        int buffers = HeldBuffers.Count;
        string outcome;
        using (var connection = new ForgedConnection(isServer ? Server : Client, stage))
        {
            Run(connection, steps);
            outcome = Outcome(connection);
            connection.Advance(400_000_000);
        }

        Require(HeldBuffers.Count == buffers, "a buffer was not given back");
        Require(Streams.Growth.Taken == 0, "what windows grew by was not given back");
        return outcome;
    }

    private static ConnectionOptions Options(bool isServer) => new()
    {
        IsServer = isServer,
        MaxDatagramSize = 1500,
        StatelessResetKey = new byte[32],
        Tls = SimulatedPeers.Options(isServer).Tls,
        Streams = Streams,
    };

    private void Run(ForgedConnection connection, List<Step> steps)
    {
        var payload = new List<byte>();
        for (int i = 0; i < steps.Count; i++)
        {
            Step step = steps[i];
            if (step.Op % Ops is not (Frame or InitialFrame or HandshakeFrame))
            {
                Act(connection, step);
                continue;
            }

            payload.AddRange(step.Data);
            bool isJoined = i + 1 < steps.Count && steps[i + 1].Op % Ops == step.Op % Ops && (steps[i + 1].Argument & JoinsBefore) != 0;
            if (!isJoined || payload.Count > MaxPayload)
            {
                Send(connection, step, [.. payload.Take(MaxPayload)]);
                payload.Clear();
            }
        }
    }

    private static void Send(ForgedConnection connection, Step step, byte[] payload)
    {
        EncryptionLevel level = (step.Op % Ops) switch
        {
            Frame => EncryptionLevel.Application,
            InitialFrame => EncryptionLevel.Initial,
            _ => EncryptionLevel.Handshake,
        };
        FrameCopy.Check(payload);
        if (!connection.CanSend(level))
        {
            return;
        }

        int sent = connection.Sent;
        bool wasOpen = connection.Core.CloseReason is null;
        connection.Send(level, payload, connection.Spec(level, Has(SkipsNumbers), Has(RepeatsNumber), Has(SetsReservedBits), Has(FlipsPhase)), Has(FromElsewhere));
        Require(connection.Sent - sent <= 40, "a packet makes the connection send dozens");
        if (wasOpen && connection.Core.CloseReason is { Origin: CloseOrigin.Local, IsApplication: false } reason)
        {
            CheckClose(connection.Close, reason);
        }

        Require(connection.Core.CloseReason?.Origin is not CloseOrigin.Fault, "the connection closed for a fault of its own");

        bool Has(int flag) => (step.Argument & flag) != 0;
    }

    private static void CheckClose((long Code, long FrameType)? close, CloseReason reason)
    {
        // On a path that is not validated yet there may be no room to say it.
        if (close is var (code, frameType))
        {
            Require(code == reason.ErrorCode, "the connection closed by another code than it said");
            Require(
                FrameErrors.Allows(frameType, code),
                $"the connection closed with {(TransportErrorCode)code} for a {(FrameType)frameType} frame: {reason.Reason}");
        }
    }

    private void Act(ForgedConnection connection, Step step)
    {
        ConnectionCore core = connection.Core;
        long id = step.Data.Length == 0 ? 0 : step.Data[0] % 24;
        int count = Math.Min(step.Argument, _data.Length);
        switch (step.Op % Ops)
        {
            case Advance:
                connection.Advance(step.Argument * 200L);
                return;
            case Acknowledge:
                if (connection.CanSend(EncryptionLevel.Application))
                {
                    connection.Acknowledge(EncryptionLevel.Application);
                }

                return;
            case Open:
                core.TryOpenStream(step.Argument % 2 == 0, out _);
                break;
            case Write:
                core.WriteStream(id, _data.AsSpan(0, count), fin: step.Data.Length > 1);
                break;
            case Read:
                StreamReadResult result = core.ReadStream(id, _data.AsSpan(0, count));
                Require(result.Length <= count, "more was read than there is room for");
                break;
            case Reset:
                core.ResetStream(id, step.Argument);
                break;
            case Stop:
                core.StopSending(id, step.Argument);
                break;
            case Close:
                core.Close(step.Argument, "done", connection.Now);
                break;
            case UpdateKeys:
                if (connection.CanSend(EncryptionLevel.Application))
                {
                    connection.UpdateKeys();
                }

                return;
            case RequestKeyUpdate:
                core.RequestKeyUpdate();
                break;
            case Datagram:
                connection.Deliver([.. step.Data]);
                return;
        }

        connection.Pump();
    }

    private static string Outcome(ForgedConnection connection) =>
        $"{connection.Core.State} {connection.Core.CloseReason} {connection.Close} {Math.Min(connection.Sent, 12)} {Invariants.StreamCount(connection.Core)}";

    private static Step Make(Random random)
    {
        byte op = random.Next(10) switch
        {
            < 5 => Frame,
            5 => (byte)(InitialFrame + random.Next(2)),
            _ => (byte)random.Next(Ops),
        };
        int argument = op is Frame or InitialFrame or HandshakeFrame
            ? (random.Next(2) * JoinsBefore) | (random.Next(12) == 0 ? 1 << random.Next(6) : 0)
            : random.Next(4) == 0 ? random.Next(1 << 16) : random.Next(100);
        byte[] data = op is Frame or InitialFrame or HandshakeFrame ? RandomFrame.Make(random) : ByteMutations.Bytes(random, random.Next(3));
        return new Step(op, argument, data);
    }

    private static Step Change(Step step, Random random) => step.Op % Ops is Frame or InitialFrame or HandshakeFrame
        ? random.Next(8) switch
        {
            0 => step with { Op = (byte)(Frame + random.Next(3)) },
            1 => step with { Argument = step.Argument ^ (1 << random.Next(6)) },
            2 => step with { Data = ByteMutations.Mutate(step.Data, random) },
            _ => step with { Data = RandomNumbers.ChangeOne(step.Data, random) },
        }
        : random.Next(2) == 0
            ? step with { Argument = random.Next(1 << random.Next(1, 17)) }
            : step with { Data = ByteMutations.Mutate(step.Data, random) };
}
