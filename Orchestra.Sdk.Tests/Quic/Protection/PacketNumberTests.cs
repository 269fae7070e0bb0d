using CsCheck;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class PacketNumberTests
{
    // RFC 9000 A.2.
    [TestCase(0xAC5C02, 0xABE8B3, ExpectedResult = 2)]
    [TestCase(0xACE8FE, 0xABE8B3, ExpectedResult = 3)]

    // A range more than twice as large as what may be under way (§17.1).
    [TestCase(0, -1, ExpectedResult = 1)]
    [TestCase(126, -1, ExpectedResult = 1)]
    [TestCase(127, -1, ExpectedResult = 2)]
    [TestCase(1000 + 32_767, 1000, ExpectedResult = 2)]
    [TestCase(1000 + 32_768, 1000, ExpectedResult = 3)]
    [TestCase(8_388_607, 0, ExpectedResult = 3)]
    [TestCase(8_388_608, 0, ExpectedResult = 4)]
    public int Takes_as_few_bytes_as_will_do(long packetNumber, long largestAcknowledged) =>
        PacketNumber.LengthFor(packetNumber, largestAcknowledged);

    // RFC 9000 A.3, then the corners.
    [TestCase(0x9B32, 2, 0xA82F30EA, ExpectedResult = 0xA82F9B32L)]
    [TestCase(0, 1, -1, ExpectedResult = 0)]
    [TestCase(255, 1, -1, ExpectedResult = 255)]
    [TestCase(0xFF, 1, 0x1FF, ExpectedResult = 0x1FF)]
    [TestCase(0x00, 1, 0x1FF, ExpectedResult = 0x200)]
    [TestCase(0xFF, 1, 0x200, ExpectedResult = 0x1FF)]
    [TestCase(0x80, 1, 0x1FF, ExpectedResult = 0x280)]
    [TestCase(0x81, 1, 0x1FF, ExpectedResult = 0x181)]
    [TestCase(0x00, 1, VarInt.MaxValue - 1, ExpectedResult = VarInt.MaxValue - 255)]
    [TestCase(0xFF, 1, VarInt.MaxValue - 1, ExpectedResult = VarInt.MaxValue)]
    public long Finds_the_number_next_to_the_expected_one(long truncated, int length, long largestReceived) =>
        PacketNumber.Decode(truncated, length, largestReceived);

    [Test]
    public void Decodes_what_it_encodes_when_anything_since_the_acknowledged_one_was_received()
    {
        Gen<(long Number, long Acknowledged, long Received)> gen =
            from number in Gen.Long[0, VarInt.MaxValue]
            from outstanding in Gen.Long[1, 1 << 23]
            from missing in Gen.Long[1, outstanding]
            let acknowledged = Math.Max(-1, number - outstanding)
            select (number, acknowledged, Math.Max(acknowledged, number - missing));

        gen.Sample((number, acknowledged, received) =>
        {
            int length = PacketNumber.LengthFor(number, acknowledged);
            long truncated = number & ((1L << (8 * length)) - 1);
            return PacketNumber.Decode(truncated, length, received) == number;
        });
    }
}
