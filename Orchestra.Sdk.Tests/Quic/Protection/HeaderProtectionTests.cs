using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class HeaderProtectionTests
{
    private const int PacketNumberOffset = 9;

    [Test]
    public void Removes_what_it_applied(
        [Values(0x40, 0xC0)] int form, [Values(1, 2, 3, 4)] int packetNumberLength, [Values(0, 1, 2, 3, 4)] int hiddenBits)
    {
        using PacketKeys keys = Keys();
        byte[] packet = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 7))];
        packet[0] = (byte)(form | (hiddenBits << 2) | (packetNumberLength - 1));
        byte[] original = packet.ToArray();
        long number = 0;
        foreach (byte part in packet.AsSpan(PacketNumberOffset, packetNumberLength))
        {
            number = (number << 8) | part;
        }

        HeaderProtection.Apply(packet, PacketNumberOffset, packetNumberLength, keys);
        int last = PacketNumberOffset + packetNumberLength;
        Assert.That(packet[1..PacketNumberOffset], Is.EqualTo(original[1..PacketNumberOffset]));
        Assert.That(packet[last..], Is.EqualTo(original[last..]));
        Assert.That(packet[PacketNumberOffset..last], Is.Not.EqualTo(original[PacketNumberOffset..last]));

        // A long header hides four bits, a short one five.
        int shown = form == 0xC0 ? 0xF0 : 0xE0;
        Assert.That(packet[0] & shown, Is.EqualTo(original[0] & shown));

        Assert.That(HeaderProtection.TryRemove(packet, PacketNumberOffset, keys, out int length, out long truncated), Is.True);
        Assert.That(packet, Is.EqualTo(original));
        Assert.That(length, Is.EqualTo(packetNumberLength));
        Assert.That(truncated, Is.EqualTo(number));
    }

    [Test]
    public void Leaves_a_packet_without_a_whole_sample_alone()
    {
        using PacketKeys keys = Keys();
        byte[] enough = new byte[PacketNumberOffset + 4 + 16];
        byte[] tooShort = new byte[enough.Length - 1];

        Assert.That(HeaderProtection.TryRemove(enough, PacketNumberOffset, keys, out _, out _), Is.True);
        Assert.That(HeaderProtection.TryRemove(tooShort, PacketNumberOffset, keys, out _, out _), Is.False);
        Assert.That(tooShort, Is.All.Zero);
    }

    private static PacketKeys Keys() => PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]);
}
