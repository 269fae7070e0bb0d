using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>
/// Which of its ids the peer is addressed by, and which it is told to be retired: RFC 9000 §5.1.1, §5.1.2, §19.15 and §19.16. What a
/// connection is closed for is in <see cref="ConnectionIdErrorTests"/>.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RemoteConnectionIdsTests
{
    private readonly RemoteConnectionIds _ids = new(Id(0));

    [Test]
    public void Uses_the_id_that_the_peer_chose_in_the_handshake()
    {
        // §7.2: a client first makes one up, and then takes that of the server's first packet.
        _ids.ReplaceInitial(Id(100));
        Assert.That(_ids.Current, Is.EqualTo(Id(100)));
        Assert.That(Due(), Is.Empty);
    }

    [Test]
    public void Keeps_others_for_later()
    {
        Add(1);
        Add(2);
        Assert.That(_ids.Current, Is.EqualTo(Id(0)));
        Assert.That(Due(), Is.Empty);
    }

    [Test]
    public void Takes_the_same_frame_as_often_as_it_comes()
    {
        // §19.15: "Receipt of the same frame multiple times MUST NOT be treated as a connection error of type PROTOCOL_VIOLATION."
        for (int i = 0; i < 10; i++)
        {
            Add(1);
            Add(2);
            Add(3);
        }

        Assert.That(Due(), Is.Empty);
    }

    [Test]
    public void Holds_as_many_as_the_limit_after_the_old_ones_are_retired()
    {
        // §5.1.1: only "after processing a NEW_CONNECTION_ID frame and adding and retiring active connection IDs" they are counted.
        Add(1);
        Add(2);
        Add(3);
        Add(4, retirePriorTo: 1);
        Assert.That(Due(), Is.EqualTo(new[] { 0L }));
        Assert.That(Assert.Throws<TransportException>(() => Add(5))!.Code, Is.EqualTo(TransportErrorCode.ConnectionIdLimitError));
    }

    [Test]
    public void Goes_on_with_the_next_where_the_present_one_is_retired()
    {
        // §5.1.2: "the peer MUST stop using the corresponding connection IDs and retire them".
        Add(1);
        Add(2);
        Add(3, retirePriorTo: 2);
        Assert.That(_ids.Current, Is.EqualTo(Id(2)));
        Assert.That(Due(), Is.EquivalentTo(new[] { 0L, 1L }));
    }

    [Test]
    public void Goes_on_with_the_lowest_in_whatever_order_they_came()
    {
        Add(3);
        Add(2);
        Add(4, retirePriorTo: 1);
        Assert.That(_ids.Current, Is.EqualTo(Id(2)));
    }

    [Test]
    public void Retires_at_once_what_was_to_be_retired_before_it_came()
    {
        // §19.15: a sequence number smaller than the Retire Prior To of a frame before: it is retired, "unless it has already done so".
        Add(3, retirePriorTo: 2);
        Due();
        Add(1);
        Assert.That(Due(), Is.EqualTo(new[] { 1L }));
        Add(1);
        Assert.That(Due(), Is.Empty);
        Assert.That(_ids.Current, Is.EqualTo(Id(3)));
    }

    [Test]
    public void Takes_a_smaller_Retire_Prior_To_for_one_that_came_late()
    {
        // §19.15: "A receiver MUST ignore any Retire Prior To fields that do not increase the largest received Retire Prior To value."
        Add(4, retirePriorTo: 3);
        Add(5, retirePriorTo: 1);
        Assert.That(_ids.Current, Is.EqualTo(Id(4)));
        Assert.That(Due(), Is.EqualTo(new[] { 0L }));
        Add(2);
        Assert.That(Due(), Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void Retires_what_comes_late_and_lies_below_the_one_in_use()
    {
        // So one number says which were used already, and none is used twice. The peer issues others for them.
        Add(3, retirePriorTo: 1);
        Add(2);
        Assert.That(_ids.Current, Is.EqualTo(Id(3)));
        Assert.That(Due(), Is.EqualTo(new[] { 0L, 2L }));
    }

    [Test]
    public void Changes_to_the_next_and_retires_the_one_before()
    {
        Add(2);
        Add(1);
        _ids.Change();
        Assert.That(_ids.Current, Is.EqualTo(Id(1)));
        Assert.That(Due(), Is.EqualTo(new[] { 0L }));
        _ids.Change();
        Assert.That(_ids.Current, Is.EqualTo(Id(2)));
        Assert.That(Due(), Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public void Does_not_change_where_there_is_no_other()
    {
        _ids.Change();
        Assert.That(_ids.Current, Is.EqualTo(Id(0)));
        Assert.That(Due(), Is.Empty);
    }

    [Test]
    public void Never_takes_again_what_it_has_retired_by_itself()
    {
        // The frame that issued it can come again, and late: §13.3 has it repeated until it is acknowledged.
        Add(1);
        _ids.Change();
        Add(2);
        _ids.Change();
        Due();
        _ids.OnAcknowledged(0);
        _ids.OnAcknowledged(1);
        Add(1);
        _ids.Change();
        Assert.That(_ids.Current, Is.EqualTo(Id(2)));
    }

    [Test]
    public void Never_takes_again_what_it_has_retired_out_of_order()
    {
        // The present id is retired while only one that is not the next is there; then that one is used, and retired.
        Add(3, retirePriorTo: 1);
        Add(1);
        _ids.Change();
        Due();
        _ids.OnAcknowledged(0);
        _ids.OnAcknowledged(1);
        _ids.OnAcknowledged(3);
        Add(4);
        ConnectionId present = _ids.Current;
        Add(3);
        _ids.Change();
        Assert.That(_ids.Current, Is.Not.EqualTo(present));
        Assert.That(_ids.Current, Is.EqualTo(Id(4)));
    }

    [Test]
    public void Says_again_what_was_lost_until_it_is_acknowledged()
    {
        // §13.3: "the state required to retire a connection ID" is sent until it arrived.
        Add(1, retirePriorTo: 1);
        Assert.That(Due(), Is.EqualTo(new[] { 0L }));
        Assert.That(_ids.HasDue, Is.False);
        _ids.OnLost(0);
        Assert.That(_ids.HasDue);
        Assert.That(Due(), Is.EqualTo(new[] { 0L }));
        _ids.OnAcknowledged(0);
        _ids.OnLost(0);
        Assert.That(Due(), Is.Empty);
        Assert.That(_ids.HasDue, Is.False);
    }

    [Test]
    public void Says_as_much_as_fits_and_the_rest_later()
    {
        Add(3, retirePriorTo: 3);
        Add(1);
        Add(2);
        Assert.That(Due(room: 5), Is.EqualTo(new[] { 0L, 1L }), "two bytes each");
        Assert.That(_ids.HasDue);
        Assert.That(Due(), Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void Forgets_what_is_acknowledged_so_that_more_can_be_retired()
    {
        for (int i = 1; i < 100; i++)
        {
            Add(i, retirePriorTo: i);
            Assert.That(Due(), Is.EqualTo(new[] { i - 1L }));
            _ids.OnAcknowledged(i - 1);
        }
    }

    [Test]
    public void Closes_for_more_than_it_can_say_to_be_retired()
    {
        // CVE-2024-22189: three times the limit.
        for (int i = 1; i <= 12; i++)
        {
            Add(i, retirePriorTo: i);
        }

        TransportException? error = Assert.Throws<TransportException>(() => Add(13, retirePriorTo: 13));
        Assert.That(error!.Code, Is.EqualTo(TransportErrorCode.ConnectionIdLimitError));
    }

    [Test]
    public void Knows_a_reset_by_the_token_of_the_id_in_use()
    {
        _ids.SetInitialToken(Token(0));
        Add(1);
        Assert.That(_ids.IsReset(Packet(Token(0))));
        Assert.That(_ids.IsReset(Packet(Token(9))), Is.False);
        Assert.That(_ids.IsReset(Packet(Token(0)).AsSpan(1)), Is.False, "RFC 9000 §10.3: the smallest has 21 bytes");

        _ids.Change();
        Assert.That(_ids.IsReset(Packet(Token(1))));
    }

    [Test]
    public void Knows_no_reset_where_no_token_was_given() => Assert.That(_ids.IsReset(Packet(new byte[16])), Is.False);

    [Test]
    public void Knows_no_reset_by_the_token_of_an_id_that_is_not_used_yet_or_no_more()
    {
        // §10.3.1: "An endpoint MUST NOT check for any stateless reset tokens associated with connection IDs it has not used or for
        // connection IDs that have been retired."
        _ids.SetInitialToken(Token(0));
        Add(1);
        Assert.That(_ids.IsReset(Packet(Token(1))), Is.False);
        _ids.Change();
        Assert.That(_ids.IsReset(Packet(Token(0))), Is.False);
    }

    private static ConnectionId Id(int sequence) => ConnectionId.Of([1, 2, 3, (byte)sequence]);

    private static byte[] Token(int sequence) => [.. Enumerable.Repeat((byte)(sequence + 1), 16)];

    private static byte[] Packet(byte[] token) => [0x40, 1, 2, 3, 4, .. token];

    private void Add(int sequence, int retirePriorTo = 0) => _ids.Add(new Frame
    {
        Type = FrameType.NewConnectionId,
        SequenceNumber = sequence,
        RetirePriorTo = retirePriorTo,
        ConnectionId = Id(sequence),
        StatelessResetToken = Token(sequence),
    });

    /// <summary>The RETIRE_CONNECTION_ID frames that go out now.</summary>
    private List<long> Due(int room = 100)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        _ids.WriteFrames(ref writer, packet);
        List<long> told = [];
        var reader = new FrameReader(writer.Written);
        while (reader.TryRead(out Frame frame))
        {
            Assert.That(frame.Type, Is.EqualTo(FrameType.RetireConnectionId));
            told.Add(frame.SequenceNumber);
        }

        Assert.That(packet.Frames.ToArray().Select(static frame => frame.Id), Is.EqualTo(told));
        packet.Return();
        return told;
    }
}
