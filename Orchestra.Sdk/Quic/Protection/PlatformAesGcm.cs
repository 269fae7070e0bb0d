using System.Security.Cryptography;

namespace Orchestra.Sdk.Quic.Protection;

/// <summary>AES-GCM by the operating system's library.</summary>
internal sealed class PlatformAesGcm(ReadOnlySpan<byte> key) : PacketAead
{
    private readonly AesGcm _cipher = new(key, TagLength);

    public override void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag) =>
        _cipher.Encrypt(nonce, payload, payload, tag, associated);

    public override bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag)
    {
        try
        {
            _cipher.Decrypt(nonce, payload, tag, payload, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Dispose() => _cipher.Dispose();
}
