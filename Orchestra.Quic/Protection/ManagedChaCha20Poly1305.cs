using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Quic.Protection;

/// <summary>ChaCha20-Poly1305 where the operating system lacks it. Unlike the others it allocates some with each packet.</summary>
internal sealed class ManagedChaCha20Poly1305(ReadOnlySpan<byte> key) : PacketAead
{
    private readonly KeyParameter _key = new(key);
    private readonly ChaCha20Poly1305 _cipher = new();

    public override void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag)
    {
        _cipher.Init(forEncryption: true, new ParametersWithIV(_key, nonce));
        _cipher.ProcessAadBytes(associated);
        int written = _cipher.ProcessBytes(payload, payload);
        Span<byte> rest = stackalloc byte[64 + TagLength];
        int last = _cipher.DoFinal(rest) - TagLength;
        rest[..last].CopyTo(payload[written..]);
        rest.Slice(last, TagLength).CopyTo(tag);
    }

    public override bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag)
    {
        _cipher.Init(forEncryption: false, new ParametersWithIV(_key, nonce));
        _cipher.ProcessAadBytes(associated);
        int written = _cipher.ProcessBytes(payload, payload);
        written += _cipher.ProcessBytes(tag, payload[written..]);
        try
        {
            _cipher.DoFinal(payload[written..]);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
    }

    public override void Dispose()
    {
    }
}
