using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>
/// What a peer sends counts once, however often and in whatever order it comes: RFC 9000 §4.1 and §4.5. The peer is a client, its
/// stream is 0; hex digits are frames as on the wire.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReceivedDataTests
{
    private const int Window = 100;

    private readonly StreamSet _streams = new(
        isServer: true,
        new StreamOptions { Window = Window, ConnectionWindow = Window, MaxBidirectional = 2, MaxUnidirectional = 2 },
        FixedWindows.Path());

    [TestCase("0e 00 0a 01 61", 11, 0, TestName = "Data behind a gap")]
    [TestCase("0e 00 0a 01 61 0e 00 0a 01 61", 11, 0, TestName = "Data that comes twice")]
    [TestCase("0e 00 0a 01 61 0e 00 04 01 61", 11, 0, TestName = "Data out of order")]
    [TestCase("04 00 00 14", 20, 20, TestName = "A reset")]
    [TestCase("04 00 00 14 04 00 00 14", 20, 20, TestName = "A reset that comes twice")]
    [TestCase("0e 00 04 01 61 04 00 00 14", 20, 20, TestName = "A reset after data")]
    [TestCase("04 00 00 14 0e 00 04 01 61", 20, 20, TestName = "Data after a reset")]
    [TestCase("04 00 00 14 0e 00 04 01 61 0e 00 09 01 61 0e 00 04 01 61", 20, 20, TestName = "Data after a reset, again and again")]
    [TestCase("04 00 00 14 0f 00 13 01 61", 20, 20, TestName = "The end after a reset")]
    [TestCase("0f 00 13 01 61 04 00 00 14", 20, 20, TestName = "A reset after the end with a gap before it")]
    [TestCase("0f 00 13 01 61 04 00 00 14 0e 00 00 01 61", 20, 20, TestName = "A reset after the end, then data")]
    [TestCase("09 00 61 62 63", 3, 0, TestName = "All of it")]
    [TestCase("0b 00 01 61 04 00 00 01 08 00 61", 1, 0, TestName = "A reset when all is here, then data")]
    public void Counts_once(string frames, long received, long consumed)
    {
        Receive(frames);

        AssertCounts(received, consumed);
    }

    [TestCase("", 11, 11, TestName = "Nothing more")]
    [TestCase("0e 00 0a 01 61", 11, 11, TestName = "Stopped, then data that came before")]
    [TestCase("0e 00 04 01 61 0e 00 0e 01 61 0e 00 0e 01 61", 15, 15, TestName = "Stopped, then data out of order and twice")]
    [TestCase("0f 00 13 01 61 0e 00 0e 01 61", 20, 20, TestName = "Stopped, then the end, then data")]
    [TestCase("04 00 00 14 0e 00 0e 01 61 0e 00 0f 01 61", 20, 20, TestName = "Stopped, then a reset, then data")]
    [TestCase("0e 00 0e 01 61 04 00 00 14 0e 00 0f 01 61", 20, 20, TestName = "Stopped, then data, then a reset, then data")]
    public void Counts_what_comes_after_we_wanted_no_more(string frames, long received, long consumed)
    {
        Receive("0e 00 0a 01 61");
        _streams.StopSending(0, 7);

        Receive(frames);

        AssertCounts(received, consumed);
    }

    [TestCase("0b 00 03 616263", TestName = "Read to the end, then all of it again")]
    [TestCase("0e 00 01 01 62", TestName = "Read to the end, then a piece of it again")]
    [TestCase("04 00 00 03 0e 00 01 01 62", TestName = "Read to the end, then a reset and a piece of it")]
    public void Counts_nothing_that_comes_after_it_was_read_to_its_end(string frames)
    {
        Receive("0b 00 03 616263");
        Assert.That(_streams.Read(0, new byte[10]).Status, Is.EqualTo(StreamReadStatus.Finished));

        Receive(frames);

        AssertCounts(3, 3);
    }

    [Test]
    public void Counts_what_comes_after_we_reset_our_own_direction()
    {
        Receive("0e 00 04 01 61");
        _streams.Reset(0, 7);
        Receive("04 00 00 14 0e 00 05 01 61");
        AssertCounts(20, 20);
    }

    [Test]
    public void Counts_nothing_of_a_stream_that_is_forgotten()
    {
        // Unidirectional, so that it ends with what the peer says.
        Receive("0b 02 03 616263 0e 06 04 01 61");
        Assert.That(_streams.Read(2, new byte[10]).Status, Is.EqualTo(StreamReadStatus.Finished));
        Assert.That(_streams.Count, Is.EqualTo(1), "the stream is not forgotten");

        Receive("0b 02 03 616263 0e 02 32 01 61 04 02 00 32");

        Assert.That((_streams.Flow.Received, _streams.Flow.Consumed), Is.EqualTo((8L, 3L)));
    }

    [Test]
    public void Counts_nothing_that_goes_beyond_the_final_size()
    {
        Receive("04 00 00 14");
        TransportException? error = Assert.Throws<TransportException>(() => Receive("0e 00 14 01 61"));
        Assert.That(error!.Code, Is.EqualTo(TransportErrorCode.FinalSizeError));
        AssertCounts(20, 20);
    }

    [Test]
    public void Gives_no_more_credit_than_the_window_for_a_reset_and_its_late_data()
    {
        Receive("04 00 00 32");
        for (int offset = 0; offset < 50; offset++)
        {
            Receive($"0e 00 {offset:x2} 01 61");
        }

        var writer = new SpanWriter(new byte[100]);
        var packet = SentPacket.Rent();
        _streams.WriteFrames(ref writer, packet, now: 0);
        packet.Return();
        var reader = new FrameReader(writer.Written);
        Assert.That(reader.TryRead(out Frame limit));
        Assert.That((limit.Type, limit.Maximum), Is.EqualTo((FrameType.MaxData, 50 + Window)));
    }

    private void Receive(string frames)
    {
        var reader = new FrameReader(Hex.Parse(frames));
        while (reader.TryRead(out Frame frame))
        {
            if (frame.Type == FrameType.ResetStream)
            {
                _streams.OnResetStream(frame);
            }
            else
            {
                _streams.OnStream(frame);
            }

            Invariants.Check(_streams);
        }
    }

    private void AssertCounts(long received, long consumed) =>
        Assert.That((_streams.Flow.Received, _streams.Flow.Consumed), Is.EqualTo((received, consumed)));
}
