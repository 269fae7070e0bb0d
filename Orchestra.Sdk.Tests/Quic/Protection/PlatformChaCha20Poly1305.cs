using System.Security.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>ChaCha20-Poly1305 by the operating system's library, where it has it.</summary>
internal sealed class PlatformChaCha20Poly1305(ReadOnlySpan<byte> key) : PlatformAead
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

    public static bool IsSupported => ChaCha20Poly1305.IsSupported;

    public override void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag) =>
        _cipher.Encrypt(nonce, payload, payload, tag, associated);

    public override void Dispose() => _cipher.Dispose();

    protected override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag) =>
        _cipher.Decrypt(nonce, payload, tag, payload, associated);
}
