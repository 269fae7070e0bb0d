using CsCheck;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

internal sealed class SentPacketsTests
{
    /// <summary>Packets are sent in order, some numbers are skipped, and they are taken out in any order.</summary>
    [Test]
    public void Holds_the_same_packets_as_a_dictionary()
    {
        Gen<(bool IsSent, int Number)> step = Gen.Select(Gen.Bool, Gen.Int[0, 100]);
        Gen.Select(Gen.Long[0, 1L << 60], step.Array[1, 200]).Sample(static (number, steps) =>
        {
            var packets = new SentPackets();
            var expected = new Dictionary<long, SentPacket>();
            foreach ((bool isSent, int n) in steps)
            {
                if (isSent)
                {
                    // Mostly the next number, as RFC 9000 §21.4 has some skipped; else far on, over the end of the ring.
                    number += n < 80 ? 1 : n - 78;
                    expected.Add(number, Add(packets, number));
                }
                else
                {
                    // The oldest, any, or one that is not there.
                    long removed = n < 50 ? packets.First : packets.First + (n - 60);
                    expected.Remove(removed, out SentPacket? packet);
                    Assert.That(packets.Remove(removed), Is.SameAs(packet));
                    packet?.Return();
                }

                Assert.That(packets.Span, Is.EqualTo(packets.End - packets.First));
                Assert.That(packets.Span == 0, Is.EqualTo(expected.Count == 0));
                Assert.That(expected.Count == 0 || packets.First == expected.Keys.Min());
                for (long i = packets.First - 20; i < packets.End + 20; i++)
                {
                    Assert.That(packets[i], Is.SameAs(expected.GetValueOrDefault(i)));
                }
            }

            foreach (SentPacket packet in expected.Values)
            {
                packet.Return();
            }
        });
    }

    [Test]
    public void Has_none_at_first()
    {
        var packets = new SentPackets();
        Assert.That((packets.Span, packets[0], packets[-1], packets.Remove(0)), Is.EqualTo((0, (SentPacket?)null, (SentPacket?)null, (SentPacket?)null)));
    }

    [Test]
    public void Ends_after_the_last_and_begins_with_the_first_that_is_outstanding()
    {
        SentPackets packets = Of(5, 6, 8, 9);
        Assert.That((packets.First, packets.End), Is.EqualTo((5L, 10L)));
        packets.Remove(6);
        packets.Remove(9);
        Assert.That((packets.First, packets.End), Is.EqualTo((5L, 10L)), "the first is outstanding");
        packets.Remove(5);
        Assert.That((packets.First, packets.End), Is.EqualTo((8L, 10L)), "6 is gone, and 7 never was");
        packets.Remove(8);
        Assert.That((packets.First, packets.End, packets.Span), Is.EqualTo((10L, 10L, 0)));
    }

    [Test]
    public void Gives_a_packet_once()
    {
        SentPackets packets = Of(1, 2);
        Assert.That(packets.Remove(2)!.Number, Is.EqualTo(2));
        Assert.That(packets.Remove(2), Is.Null);
        Assert.That(packets[2], Is.Null);
    }

    [Test]
    public void Knows_no_packet_of_another_round_of_the_ring()
    {
        // The ring has 16 places.
        SentPackets packets = Of(3);
        Assert.That((packets[3 - 16], packets[3 + 16]), Is.EqualTo(((SentPacket?)null, (SentPacket?)null)));
        Assert.That(packets.Remove(3 + 16), Is.Null);
        Assert.That(packets[3], Is.Not.Null);
    }

    [Test]
    public void Keeps_all_when_it_grows_in_the_middle_of_a_round()
    {
        SentPackets packets = Of([.. Enumerable.Range(0, 16)]);
        for (int i = 0; i < 10; i++)
        {
            packets.Remove(i);
            Add(packets, 16 + i);
        }

        Add(packets, 26);
        Assert.That(Enumerable.Range(10, 17).Select(number => packets[number]?.Number), Is.EqualTo(Enumerable.Range(10, 17)));
    }

    [Test]
    public void Begins_anew_where_the_last_one_is_gone()
    {
        SentPackets packets = Of(1);
        packets.Remove(1);
        Add(packets, 1_000_000);
        Assert.That((packets.First, packets.Span), Is.EqualTo((1_000_000L, 1)), "no room for the numbers between");
    }

    private static SentPackets Of(params int[] numbers)
    {
        var packets = new SentPackets();
        foreach (int number in numbers)
        {
            Add(packets, number);
        }

        return packets;
    }

    private static SentPacket Add(SentPackets packets, long number)
    {
        SentPacket packet = SentPacket.Rent();
        packet.Number = number;
        packets.Add(packet);
        return packet;
    }
}
