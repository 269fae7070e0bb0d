using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Quic.Protection;

/// <summary>
/// AES-GCM without the processor's instructions, by tables whose use the cache may tell of: for keys that are no secret, those of Initial
/// packets and of Retry's tag (RFC 9001 §5.2 and §5.8). There are few of these, so what it allocates does not matter.
/// </summary>
internal sealed class BouncyAesGcm(ReadOnlySpan<byte> key) : PacketAead
{
    private readonly KeyParameter _key = new(key);
    private readonly GcmBlockCipher _cipher = new(new AesEngine());

    public override void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag)
    {
        byte[] sealedPacket = new byte[payload.Length + TagLength];
        Run(isEncryption: true, nonce, associated, payload, sealedPacket);
        sealedPacket.AsSpan(0, payload.Length).CopyTo(payload);
        sealedPacket.AsSpan(payload.Length).CopyTo(tag);
    }

    public override bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag)
    {
        byte[] sealedPacket = [.. payload, .. tag];
        try
        {
            Run(isEncryption: false, nonce, associated, sealedPacket, payload);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
    }

    public override void Dispose()
    {
        // The key is no secret.
    }

    private void Run(
        bool isEncryption, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> input, Span<byte> output)
    {
        _cipher.Init(isEncryption, new AeadParameters(_key, TagLength * 8, nonce.ToArray(), associated.ToArray()));
        int written = _cipher.ProcessBytes(input, output);
        _cipher.DoFinal(output[written..]);
    }
}
