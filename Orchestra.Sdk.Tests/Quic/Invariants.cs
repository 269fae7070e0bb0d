using System.Runtime.CompilerServices;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic;

/// <summary>
/// The books of a connection, which must balance after every step whatever the peer sends. Simulations and scripted peers look at
/// them all the time.
/// </summary>
internal static class Invariants
{
    // What a space may keep below the largest acknowledged number: what is not yet lost by number, RFC 9002 §6.1.1.
    private const int PacketThreshold = 3;

    public static void Check(ConnectionCore connection)
    {
        StreamSet streams = Streams(connection);
        LossDetector recovery = Recovery(connection);
        Check(recovery);
        if (connection.State is ConnectionState.Handshaking or ConnectionState.Connected)
        {
            Check(streams);
            return;
        }

        for (int space = 0; space < 3; space++)
        {
            Require(recovery[space].Sent.Span == 0);
            Require(!Crypto(connection)[space].HasPending && !Crypto(connection)[space].HasUnread);
        }

        // Of a connection that the peer closed, what it had said to the end can still be read.
        foreach (StreamState stream in States(streams).Values)
        {
            Require(connection.CloseReason!.Origin == CloseOrigin.Peer && streams.HasAll(stream.Id));
        }
    }

    /// <summary>How many streams a connection remembers.</summary>
    public static int StreamCount(ConnectionCore connection) => Streams(connection).Count;

    public static void Check(StreamSet streams)
    {
        ConnectionFlow flow = streams.Flow;
        Require(flow.Consumed <= flow.Received);
        Require(flow.Received <= flow.ReceiveLimit);
        Require(flow.Sent <= flow.SendLimit);
        long unread = 0;
        foreach (StreamState stream in States(streams).Values)
        {
            Require(stream.Receive.Start <= stream.Receive.End);
            Require(stream.Receive.End <= stream.ReceiveLimit || !stream.CanReceive);
            Require(stream.Send.Next <= stream.SendLimit);
            Require(stream.Send.Next <= stream.Send.End);
            unread += stream.Receive.End - stream.Receive.Start;
        }

        // What came counts until somebody read it, or nobody will; a stream that is forgotten has nothing left to count.
        Require(flow.Received - flow.Consumed == unread);
    }

    public static void Check(LossDetector recovery)
    {
        long inFlight = 0;
        for (int space = 0; space < 3; space++)
        {
            PacketSpace state = recovery[space];
            PacketTally outstanding = default;
            int ackEliciting = 0;
            for (long number = state.Sent.First; number < state.Sent.End; number++)
            {
                if (state.Sent[number] is { } packet)
                {
                    outstanding.Add(packet);
                    inFlight += packet.IsInFlight ? packet.Size : 0;
                    ackEliciting += packet.IsInFlight && packet.IsAckEliciting ? 1 : 0;
                }
            }

            Require(state.TotalSent.Packets
                == state.TotalAcknowledged.Packets + state.TotalLost.Packets + state.TotalDiscarded.Packets + outstanding.Packets);
            Require(state.TotalSent.Bytes
                == state.TotalAcknowledged.Bytes + state.TotalLost.Bytes + state.TotalDiscarded.Bytes + outstanding.Bytes);
            Require(state.AckElicitingInFlight == ackEliciting);

            // So an acknowledgment costs no more than the packets that it is the first to tell of, and those few.
            Require(outstanding.Packets == 0 || state.LargestAcknowledged - state.Sent.First < PacketThreshold);
        }

        Require(recovery.Congestion.BytesInFlight == inFlight);
        Require(recovery.Congestion.Window > 0);
    }

    private static void Require(bool holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds)
        {
            Assert.Fail($"this does not hold: {what}");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_streams")]
    private static extern ref StreamSet Streams(ConnectionCore connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_recovery")]
    private static extern ref LossDetector Recovery(ConnectionCore connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_crypto")]
    private static extern ref CryptoStream[] Crypto(ConnectionCore connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_streams")]
    private static extern ref Dictionary<long, StreamState> States(StreamSet streams);
}
