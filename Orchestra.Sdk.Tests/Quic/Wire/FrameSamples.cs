using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

internal delegate bool WriteFrame(ref SpanWriter w);

/// <summary>A frame of each type that can be written.</summary>
internal static class FrameSamples
{
    private static readonly byte[] Bytes16 = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private static readonly ConnectionId Id = ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8]);

    private static readonly Dictionary<string, WriteFrame> ByName = new()
    {
        ["PING"] = FrameWriter.TryWritePing,
        ["ACK"] = (ref w) => FrameWriter.TryWriteAck(ref w, 1000, [new(90, 100), new(70, 80), new(5, 6)], out int n) && n == 3,
        ["ACK_ECN"] = (ref w) => FrameWriter.TryWriteAck(ref w, 1, [new(7, 9)], new EcnCounts(70, 0, 2), out _),
        ["RESET_STREAM"] = (ref w) => FrameWriter.TryWriteResetStream(ref w, 400, 1, 70_000),
        ["STOP_SENDING"] = (ref w) => FrameWriter.TryWriteStopSending(ref w, 4, 500),
        ["CRYPTO"] = (ref w) => FrameWriter.TryBeginCrypto(ref w, 1000, 20, out Span<byte> data) && data.Length == 20,
        ["NEW_TOKEN"] = (ref w) => FrameWriter.TryWriteNewToken(ref w, Bytes16),
        ["STREAM"] = (ref w) =>
            FrameWriter.TryBeginStream(ref w, 4, 0, 20, false, out Span<byte> data, out _) && data.Length == 20,
        ["STREAM_OFF_FIN"] = (ref w) =>
            FrameWriter.TryBeginStream(ref w, 4, 100_000, 20, true, out Span<byte> data, out bool fin) && data.Length == 20 && fin,
        ["MAX_DATA"] = (ref w) => FrameWriter.TryWriteMaxData(ref w, VarInt.MaxValue),
        ["MAX_STREAM_DATA"] = (ref w) => FrameWriter.TryWriteMaxStreamData(ref w, 8, 1 << 20),
        ["MAX_STREAMS_BIDI"] = (ref w) => FrameWriter.TryWriteMaxStreams(ref w, true, 1L << 60),
        ["MAX_STREAMS_UNI"] = (ref w) => FrameWriter.TryWriteMaxStreams(ref w, false, 100),
        ["DATA_BLOCKED"] = (ref w) => FrameWriter.TryWriteDataBlocked(ref w, 1000),
        ["STREAM_DATA_BLOCKED"] = (ref w) => FrameWriter.TryWriteStreamDataBlocked(ref w, 8, 1000),
        ["STREAMS_BLOCKED_BIDI"] = (ref w) => FrameWriter.TryWriteStreamsBlocked(ref w, true, 1000),
        ["STREAMS_BLOCKED_UNI"] = (ref w) => FrameWriter.TryWriteStreamsBlocked(ref w, false, 1000),
        ["NEW_CONNECTION_ID"] = (ref w) => FrameWriter.TryWriteNewConnectionId(ref w, 70, 65, Id, Bytes16),
        ["RETIRE_CONNECTION_ID"] = (ref w) => FrameWriter.TryWriteRetireConnectionId(ref w, 70),
        ["PATH_CHALLENGE"] = (ref w) => FrameWriter.TryWritePathChallenge(ref w, Bytes16),
        ["PATH_RESPONSE"] = (ref w) => FrameWriter.TryWritePathResponse(ref w, Bytes16),
        ["CONNECTION_CLOSE"] = (ref w) =>
            FrameWriter.TryWriteConnectionClose(ref w, TransportErrorCode.FlowControlError, 8, default),
        ["APPLICATION_CLOSE"] = (ref w) => FrameWriter.TryWriteApplicationClose(ref w, 1000, default),
        ["HANDSHAKE_DONE"] = FrameWriter.TryWriteHandshakeDone,
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static WriteFrame Get(string name) => ByName[name];

    public static byte[] Encode(WriteFrame write)
    {
        var w = new SpanWriter(new byte[2000]);
        Assert.That(write(ref w), Is.True);
        return w.Written.ToArray();
    }

    /// <summary>Reads them all, down to the last range; returns how many there were.</summary>
    public static int Read(ReadOnlySpan<byte> payload)
    {
        var reader = new FrameReader(payload);
        int count = 0;
        while (reader.TryRead(out Frame frame))
        {
            count++;
            if (frame.Type is FrameType.Ack or FrameType.AckEcn)
            {
                long above = frame.Acks.LargestAcknowledged + 2;
                foreach (PacketRange range in frame.Acks)
                {
                    Assert.That(range.Smallest, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(range.Largest));
                    Assert.That(range.Largest, Is.LessThan(above - 1));
                    above = range.Smallest;
                }
            }
        }

        return count;
    }
}
