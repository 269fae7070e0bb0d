using System.Numerics;
using CsCheck;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class Poly1305Tests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 130) - 5;

    // Words that carry far, and others.
    private static readonly Gen<byte> Value = Gen.OneOf(Gen.OneOf<byte>(0, 1, 5, 0xFB, 0xFF), Gen.Byte);
    private static readonly Gen<byte[]> Uniform = Gen.Select(Value, Gen.Int[0, 80], (value, length) => Enumerable.Repeat(value, length).ToArray());
    private static readonly Gen<byte[]> Data = Gen.OneOf(Uniform, Value.Array[0, 80]);

    [Test]
    public void Is_the_polynomial_of_RFC_8439_section_2_5() =>
        Gen.Select(Gen.OneOf(Value.Array[32], Uniform.Select(bytes => Pad(bytes, 32))), Data, Data).Sample((key, associated, payload) =>
        {
            byte[] tag = new byte[PacketAead.TagLength];
            var code = new Poly1305(key);
            code.Update(associated);
            code.Update(payload);
            code.Finish(associated.Length, payload.Length, tag);
            Assert.That(tag, Is.EqualTo(Expected(key, associated, payload)));
        });

    private static byte[] Expected(byte[] key, byte[] associated, byte[] payload)
    {
        byte[] message =
        [
            .. Pad(associated, (associated.Length + 15) / 16 * 16), .. Pad(payload, (payload.Length + 15) / 16 * 16),
            .. BitConverter.GetBytes((long)associated.Length), .. BitConverter.GetBytes((long)payload.Length),
        ];
        var clamp = new BigInteger(Convert.FromHexString("FFFFFF0FFCFFFF0FFCFFFF0FFCFFFF0F"), isUnsigned: true);
        BigInteger r = new BigInteger(key.AsSpan(0, 16), isUnsigned: true) & clamp;
        BigInteger sum = 0;
        foreach (byte[] block in message.Chunk(16))
        {
            sum = (sum + new BigInteger([.. block, 1], isUnsigned: true)) * r % Prime;
        }

        sum += new BigInteger(key.AsSpan(16), isUnsigned: true);
        return Pad(sum.ToByteArray(), 16);
    }

    private static byte[] Pad(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
