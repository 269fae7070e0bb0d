using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class WaitingDatagramsTests
{
    private readonly WaitingDatagrams _waiting = new();

    [TearDown]
    public void TakeAll()
    {
        while (_waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram))
        {
            HeldBuffers.Return(datagram.Buffer);
        }
    }

    [Test]
    public void Come_out_in_their_order_and_ask_for_one_turn()
    {
        Assert.That((Add(1), Add(2), Add(3)), Is.EqualTo((true, false, false)));
        Assert.That(Take(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void What_comes_during_a_turn_asks_for_another_at_its_end()
    {
        Add(1);
        Take();
        Assert.That(Add(2), Is.False);
        Assert.That(_waiting.EndTurn(isOver: false));
        Take();
        Assert.That(_waiting.EndTurn(isOver: false), Is.False);
        Assert.That(Add(3), "nobody has the turn");
    }

    // None overtakes those that wait.
    [Test]
    public void Nothing_waits_once_the_handshake_is_over_and_all_is_taken()
    {
        Add(1);
        Assert.That(_waiting.EndTurn(isOver: true), "one still waits");
        Assert.That(_waiting.TryAdd([2], ecn: 0, out _));
        Take();
        Assert.That(_waiting.EndTurn(isOver: true), Is.False);
        Assert.That((_waiting.TryAdd([3], ecn: 0, out bool needsTurn), needsTurn), Is.EqualTo((false, false)));
    }

    [TestCase(1200)]
    [TestCase(0)]
    public void Are_48_KiB_at_most_each_with_what_it_costs(int size)
    {
        int most = 48 * 1024 / (size + 64);
        int before = HeldBuffers.Count;
        for (int i = 0; i < most + 10; i++)
        {
            Assert.That(_waiting.TryAdd(new byte[size], ecn: 0, out _), "what is too much is dropped");
        }

        Assert.That(HeldBuffers.Count - before, Is.EqualTo(most));
        Assert.That(Take(), Has.Length.EqualTo(most));
        _waiting.TryAdd([7], ecn: 0, out _);
        Assert.That(Take(), Is.EqualTo(new byte[] { 7 }), "there is room again");
    }

    [Test]
    public void Keep_their_marks()
    {
        _waiting.TryAdd([1], ecn: 3, out _);
        Assert.That(_waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram));
        HeldBuffers.Return(datagram.Buffer);
        Assert.That((datagram.Length, datagram.Ecn), Is.EqualTo((1, 3)));
    }

    private bool Add(byte content)
    {
        Assert.That(_waiting.TryAdd([content], ecn: 0, out bool needsTurn));
        return needsTurn;
    }

    private byte[] Take()
    {
        List<byte> contents = [];
        while (_waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram))
        {
            contents.Add(datagram.Length > 0 ? datagram.Buffer[0] : (byte)0);
            HeldBuffers.Return(datagram.Buffer);
        }

        return [.. contents];
    }
}
