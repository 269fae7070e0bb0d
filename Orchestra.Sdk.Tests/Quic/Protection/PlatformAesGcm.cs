using System.Security.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>AES-GCM by the operating system's library.</summary>
internal sealed class PlatformAesGcm(ReadOnlySpan<byte> key) : PlatformAead
{
    private readonly AesGcm _cipher = new(key, TagLength);

    public override void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag) =>
        _cipher.Encrypt(nonce, payload, payload, tag, associated);

    public override void Dispose() => _cipher.Dispose();

    protected override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag) =>
        _cipher.Decrypt(nonce, payload, tag, payload, associated);
}
