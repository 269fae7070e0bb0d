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
        ConnectionParts parts = Parts(connection);
        StreamSet streams = parts.Streams;
        Check(Sent(parts.Recovery), parts.Paths.Estimates);
        if (connection.State is ConnectionState.Handshaking or ConnectionState.Connected)
        {
            Check(streams);
            return;
        }

        foreach (PacketSpace space in parts.Spaces.All)
        {
            Require(space.Sent.Packets.Span == 0);
            Require(!space.Crypto.HasPending && !space.Crypto.HasUnread);
        }

        // Of a connection that the peer closed, what it had said to the end can still be read.
        foreach (StreamState stream in Table(streams).All)
        {
            Require(connection.CloseReason!.Origin == CloseOrigin.Peer && streams.HasAll(stream.Id));
        }
    }

    /// <summary>How many streams a connection remembers.</summary>
    public static int StreamCount(ConnectionCore connection) => Parts(connection).Streams.Count;

    public static void Check(StreamSet streams)
    {
        ConnectionFlow flow = streams.Flow;
        Require(flow.Consumed <= flow.Received);
        Require(flow.Received <= flow.ReceiveLimit);
        Require(flow.Sent <= flow.SendLimit);
        long unread = 0;
        long kept = 0;
        foreach (StreamState stream in Table(streams).All)
        {
            Require(stream.Receive.Buffer.Start <= stream.Receive.Buffer.End);
            Require(stream.Receive.Buffer.End <= stream.Receive.Limit || !stream.CanReceive);
            Require(stream.Send.Buffer.Next <= stream.Send.Limit);
            Require(stream.Send.Buffer.Next <= stream.Send.Buffer.End);
            unread += stream.Receive.Buffer.End - stream.Receive.Buffer.Start;
            kept += stream.Send.Buffer.Buffered;
        }

        Require(streams.Memory.Kept == kept);
        Require(flow.Window <= flow.Granted && flow.ReceiveLimit - flow.Consumed <= flow.Granted);

        // What came counts until somebody read it, or nobody will; a stream that is forgotten has nothing left to count.
        Require(flow.Received - flow.Consumed == unread);
    }

    public static void Check(SentSpaces spaces, PathEstimates path)
    {
        long inFlight = 0;
        foreach (SentSpace state in spaces.All)
        {
            PacketTally outstanding = default;
            int ackEliciting = 0;
            for (long number = state.Packets.First; number < state.Packets.End; number++)
            {
                if (state.Packets[number] is { } packet)
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
            Require(outstanding.Packets == 0 || state.LargestAcknowledged - state.Packets.First < PacketThreshold);
        }

        Require(path.Congestion.BytesInFlight == inFlight);
        Require(path.Congestion.Window > 0);
    }

    private static void Require(bool holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds)
        {
            // Not Assert.Fail: outside of a test, which is where the fuzzer may run, that gathers what failed and tells it again.
            throw new AssertionException($"this does not hold: {what}");
        }
    }

    /// <summary>What a connection is composed of.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parts")]
    public static extern ref ConnectionParts Parts(ConnectionCore connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spaces")]
    private static extern ref SentSpaces Sent(LossDetector recovery);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_table")]
    private static extern ref StreamTable Table(StreamSet streams);
}
