using System.Security.Cryptography;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>An AEAD of the operating system's library, which tells of a forged packet by an exception.</summary>
internal abstract class PlatformAead : PacketAead
{
    public sealed override bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag)
    {
        try
        {
            Decrypt(nonce, associated, payload, tag);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <exception cref="AuthenticationTagMismatchException">The packet is not authentic.</exception>
    protected abstract void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag);
}
