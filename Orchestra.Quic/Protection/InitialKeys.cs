using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Protection;

/// <summary>The keys of Initial packets, which come of the client's first destination connection id (RFC 9001 §5.2).</summary>
internal static class InitialKeys
{
    private static ReadOnlySpan<byte> Salt =>
    [
        0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17,
        0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A,
    ];

    public static (PacketKeys Client, PacketKeys Server) Derive(in ConnectionId destination) =>
        Derive(destination, AesInstructions.IsSupported);

    public static (PacketKeys Client, PacketKeys Server) Derive(in ConnectionId destination, bool hasAesInstructions)
    {
        Span<byte> initial = stackalloc byte[Sha256.Length];
        Extract(destination, initial);
        return (Derive(initial, "client in"u8, hasAesInstructions), Derive(initial, "server in"u8, hasAesInstructions));
    }

    /// <summary>Those alone that open what a client sends.</summary>
    public static PacketKeys DeriveClient(in ConnectionId destination)
    {
        Span<byte> initial = stackalloc byte[Sha256.Length];
        Extract(destination, initial);
        return Derive(initial, "client in"u8, AesInstructions.IsSupported);
    }

    private static void Extract(in ConnectionId destination, Span<byte> initial)
    {
        Span<byte> id = stackalloc byte[destination.Length];
        destination.CopyTo(id);
        Hkdf.Extract(HashKind.Sha256, Salt, id, initial);
    }

    private static PacketKeys Derive(ReadOnlySpan<byte> initial, ReadOnlySpan<byte> label, bool hasAesInstructions)
    {
        Span<byte> secret = stackalloc byte[Sha256.Length];
        HkdfLabel.Expand(HashKind.Sha256, initial, label, secret);
        return PacketKeys.Create(CipherSuite.Aes128GcmSha256, secret, hasAesInstructions);
    }
}
