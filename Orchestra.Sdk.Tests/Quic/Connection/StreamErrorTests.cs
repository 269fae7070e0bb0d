using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Frames that break the rules of streams: RFC 9000 §2 to §4. The peer is a client: its streams are 0, 4, … and 2, 6, …</summary>
[ReturnsBuffers]
internal sealed class StreamErrorTests
{
    private static ConnectionOptions Options { get; } = new()
    {
        IsServer = true,
        Tls = SimulatedPeers.Server().Tls,
        StatelessResetKey = new byte[32],
        Streams = new StreamOptions { Window = 20, ConnectionWindow = 30, MaxBidirectional = 2, MaxUnidirectional = 2 },
    };

    [TestCase("0c 00 14 61", TestName = "One byte too many on a stream")]
    [TestCase("0c 00 7fff 61", TestName = "Many bytes too many on a stream")]
    [TestCase("04 00 00 15", TestName = "A reset beyond what is allowed on a stream")]
    [TestCase("0e 00 13 01 61 0e 04 0b 01 61", TestName = "One byte too many on all streams")]
    [TestCase("0e 00 13 01 61 04 04 00 0b", TestName = "A reset beyond what is allowed on all streams")]
    public void Flow_control(string frames) => AssertCloses(frames, TransportErrorCode.FlowControlError);

    [TestCase("08 08", TestName = "The third bidirectional stream of two")]
    [TestCase("08 0a", TestName = "The third unidirectional stream of two")]
    [TestCase("04 08 00 00", TestName = "A reset of the third stream")]
    [TestCase("05 08 00", TestName = "STOP_SENDING for the third stream")]
    [TestCase("11 08 00", TestName = "MAX_STREAM_DATA for the third stream")]
    [TestCase("15 08 00", TestName = "STREAM_DATA_BLOCKED for the third stream")]
    [TestCase("08 fffffffffffffffc", TestName = "The last stream that there could be")]
    public void Stream_limit(string frames) => AssertCloses(frames, TransportErrorCode.StreamLimitError);

    [TestCase("08 03", TestName = "STREAM on a stream that only we send on")]
    [TestCase("04 03 00 00", TestName = "RESET_STREAM on a stream that only we send on")]
    [TestCase("15 03 00", TestName = "STREAM_DATA_BLOCKED on a stream that only we send on")]
    [TestCase("05 02 00", TestName = "STOP_SENDING on a stream that only the peer sends on")]
    [TestCase("11 02 05", TestName = "MAX_STREAM_DATA on a stream that only the peer sends on")]
    [TestCase("08 01", TestName = "STREAM on a stream that we have not opened")]
    [TestCase("04 01 00 00", TestName = "RESET_STREAM on a stream that we have not opened")]
    [TestCase("05 01 00", TestName = "STOP_SENDING on a stream that we have not opened")]
    [TestCase("05 03 00", TestName = "STOP_SENDING on a unidirectional stream that we have not opened")]
    [TestCase("11 01 05", TestName = "MAX_STREAM_DATA on a stream that we have not opened")]
    [TestCase("15 01 05", TestName = "STREAM_DATA_BLOCKED on a stream that we have not opened")]
    public void Stream_state(string frames) => AssertCloses(frames, TransportErrorCode.StreamStateError);

    [TestCase("0b 00 02 6162 0e 00 02 01 63", TestName = "Data beyond the end")]
    [TestCase("0b 00 02 6162 0b 00 01 61", TestName = "An end before the end")]
    [TestCase("0b 00 02 6162 0b 00 03 616263", TestName = "An end behind the end")]
    [TestCase("0a 00 02 6162 0b 00 01 61", TestName = "An end before the data")]
    [TestCase("0a 00 02 6162 04 00 00 01", TestName = "A reset before the data")]
    [TestCase("0b 00 02 6162 04 00 00 03", TestName = "A reset behind the end")]
    [TestCase("04 00 00 05 04 00 00 06", TestName = "A second reset with another size")]
    [TestCase("04 00 00 02 0e 00 02 01 63", TestName = "Data beyond a reset")]
    public void Final_size(string frames) => AssertCloses(frames, TransportErrorCode.FinalSizeError);

    [Test]
    public void Takes_what_is_just_allowed()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(Options);

        // To the last byte, the last stream, and the same end again in other pieces; then the reset that comes too late.
        peer.Send(EncryptionLevel.Application, "0e 00 13 01 61 0f 04 09 01 61 0a 06 00 0f 04 09 01 61 04 04 00 0a");

        peer.AssertOpen();
    }

    [Test]
    public void Credit_that_comes_back_counts_once()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(Options);
        peer.Send(EncryptionLevel.Application, "04 00 00 14");
        Assert.That(peer.Core.ReadStream(0, new byte[8]).Status, Is.EqualTo(StreamReadStatus.Reset));
        peer.Pump();
        Assert.That(peer.Sent(FrameType.MaxData, static (in frame) => frame.Maximum), Is.EqualTo(new[] { 50L }));

        peer.Send(EncryptionLevel.Application, "04 00 00 14 0e 04 13 01 61");
        peer.AssertOpen();
        peer.Send(EncryptionLevel.Application, "0e 06 0a 01 61");
        peer.AssertClosed(TransportErrorCode.FlowControlError);
    }

    [Test]
    public void A_peer_that_scatters_its_bytes_pins_no_more_memory_than_its_credit()
    {
        // RUSTSEC-2026-0185: single bytes far apart. Each costs as much credit as what lies before it.
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int stream = 0; stream < 4; stream++)
        {
            // One byte at the end of each stream's window uses up the connection's.
            peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => Scatter(ref w, stream * 4, (1 << 20) - 1)));
        }

        peer.AssertOpen();
        peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => Scatter(ref w, 16, 1)));
        peer.AssertClosed(TransportErrorCode.FlowControlError);
    }

    [Test]
    public void A_peer_that_leaves_thousands_of_gaps_is_disconnected()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 0; i <= 1024; i++)
        {
            Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Connected), $"at gap {i}");
            peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => Scatter(ref w, 0, (2 * i) + 1)));
        }

        peer.AssertClosed(TransportErrorCode.InternalError);
    }

    private static bool Scatter(ref SpanWriter writer, long stream, long offset) =>
        FrameWriter.TryBeginStream(ref writer, stream, offset, 1, fin: false, out _, out _);

    private static void AssertCloses(string frames, TransportErrorCode code)
    {
        using ScriptedPeer peer = ScriptedPeer.Client(Options);
        peer.Send(EncryptionLevel.Application, frames);
        peer.AssertClosed(code);
    }
}
