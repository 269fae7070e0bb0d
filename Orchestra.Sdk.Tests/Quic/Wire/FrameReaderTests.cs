using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class FrameReaderTests
{
    private const string Max = "ffffffffffffffff";

    [TestCaseSource(typeof(FrameSamples), nameof(FrameSamples.Names))]
    public void Refuses_a_frame_that_is_cut_off_anywhere(string name)
    {
        byte[] frame = FrameSamples.Encode(FrameSamples.Get(name));

        Assert.That(FrameSamples.Read(frame), Is.EqualTo(1));
        for (int length = 1; length < frame.Length; length++)
        {
            Assert.That(Fault(frame[..length]), Is.EqualTo((TransportErrorCode.FrameEncodingError, (long)frame[0])));
        }
    }

    [TestCase("02 05 00 00 06", TestName = "ACK: the first range goes below 0")]
    [TestCase("02 05 00 01 03 01 00", TestName = "ACK: a gap goes below 0")]
    [TestCase("02 05 00 01 02 01 01", TestName = "ACK: a range goes below 0")]
    [TestCase("02 05 00 01 00 " + Max + Max, TestName = "ACK: gap and range overflow together")]
    [TestCase("02 05 00 " + Max + " 00", TestName = "ACK: more ranges than bytes")]
    [TestCase("06 " + Max + " 01 00", TestName = "CRYPTO: ends beyond 2^62-1")]
    [TestCase("06 00 " + Max, TestName = "CRYPTO: longer than the packet")]
    [TestCase("07 00", TestName = "NEW_TOKEN: empty")]
    [TestCase("0e 00 " + Max + " 01 00", TestName = "STREAM: ends beyond 2^62-1")]
    [TestCase("0c 00 " + Max + " 00", TestName = "STREAM without a length: ends beyond 2^62-1")]
    [TestCase("0a 00 05 00 00 00 00", TestName = "STREAM: longer than the packet")]
    [TestCase("12 d000000000000001", TestName = "MAX_STREAMS (bidi): more than 2^60")]
    [TestCase("13 d000000000000001", TestName = "MAX_STREAMS (uni): more than 2^60")]
    [TestCase("16 d000000000000001", TestName = "STREAMS_BLOCKED (bidi): more than 2^60")]
    [TestCase("17 d000000000000001", TestName = "STREAMS_BLOCKED (uni): more than 2^60")]
    [TestCase("18 02 00 00 00000000000000000000000000000000", TestName = "NEW_CONNECTION_ID: an empty id")]
    [TestCase(
        "18 02 00 15 000000000000000000000000000000000000000000 00000000000000000000000000000000",
        TestName = "NEW_CONNECTION_ID: an id of 21 bytes")]
    [TestCase("18 02 03 01 00 00000000000000000000000000000000", TestName = "NEW_CONNECTION_ID: retires what is yet to come")]
    [TestCase("1c 00 00 05 00", TestName = "CONNECTION_CLOSE: the reason is longer than the packet")]
    [TestCase("1d 00 05 00", TestName = "APPLICATION_CLOSE: the reason is longer than the packet")]
    [TestCase("1f", TestName = "The first unknown type")]
    public void Refuses(string payload) => Assert.That(
        Fault(Hex.Parse(payload)), Is.EqualTo((TransportErrorCode.FrameEncodingError, (long)Hex.Parse(payload)[0])));

    [Test]
    public void Names_an_unknown_type_of_several_bytes() =>
        Assert.That(Fault(Hex.Parse("5234")), Is.EqualTo((TransportErrorCode.FrameEncodingError, 0x1234L)));

    [TestCase("4001", 0x01)]
    [TestCase("80000006 00 00", 0x06)]
    [TestCase("c000000000000002 00 00 00 00", 0x02)]
    public void Refuses_a_type_in_more_bytes_than_it_needs(string payload, long type) =>
        Assert.That(Fault(Hex.Parse(payload)), Is.EqualTo((TransportErrorCode.ProtocolViolation, type)));

    [TestCase("06 fffffffffffffffe 01 00", TestName = "CRYPTO up to 2^62-1")]
    [TestCase("0e 00 fffffffffffffffe 01 00", TestName = "STREAM up to 2^62-1")]
    [TestCase("12 d000000000000000", TestName = "MAX_STREAMS of 2^60")]
    [TestCase("02 05 00 01 02 00 01", TestName = "ACK down to packet number 0")]
    [TestCase("18 02 02 14 0000000000000000000000000000000000000000 00000000000000000000000000000000",
        TestName = "NEW_CONNECTION_ID that retires all before it")]
    public void Takes_what_is_just_allowed(string payload) => Assert.That(FrameSamples.Read(Hex.Parse(payload)), Is.EqualTo(1));

    [Test]
    public void Nothing_that_comes_in_throws_anything_else()
    {
        byte[] samples = [.. FrameSamples.Names.SelectMany(name => FrameSamples.Encode(FrameSamples.Get(name)))];
        Gen<byte[]> changed = Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Int[0, samples.Length - 1], Gen.Byte, (from, at, value) =>
        {
            byte[] copy = samples.ToArray();
            copy[at] = value;
            return copy[from..];
        });
        Gen<byte[]> plausible = Gen.Select(Gen.Byte[0, 0x1F], Gen.Byte.Array[0, 60], (type, rest) => (byte[])[type, .. rest]);

        Gen.OneOf(Gen.Byte.Array[0, 60], plausible, changed).Sample(
            payload =>
            {
                try
                {
                    FrameSamples.Read(payload);
                }
                catch (TransportException e)
                {
                    return e.Code is TransportErrorCode.FrameEncodingError or TransportErrorCode.ProtocolViolation;
                }

                return true;
            },
            iter: 200_000);
    }

    private static (TransportErrorCode Code, long FrameType) Fault(byte[] payload)
    {
        TransportException e = Assert.Throws<TransportException>(() => FrameSamples.Read(payload))!;
        return (e.Code, e.FrameType);
    }
}
