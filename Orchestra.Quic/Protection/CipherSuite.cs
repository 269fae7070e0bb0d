namespace Orchestra.Quic.Protection;

/// <summary>TLS 1.3's numbers of the suites that QUIC can use here (RFC 9001 §5.3).</summary>
internal enum CipherSuite : ushort
{
    Aes128GcmSha256 = 0x1301,
    Aes256GcmSha384 = 0x1302,
    ChaCha20Poly1305Sha256 = 0x1303,
}

/// <summary>Which suites are for use.</summary>
internal static class CipherSuites
{
    /// <summary>All, best first, that this processor can calculate without telling of its keys by the time that it takes.</summary>
    public static IReadOnlyList<CipherSuite> Usable { get; } = UsableWith(AesInstructions.IsSupported);

    /// <summary>AES takes instructions for it: by tables, the cache tells of the key.</summary>
    public static IReadOnlyList<CipherSuite> UsableWith(bool hasAesInstructions) => hasAesInstructions
        ? [CipherSuite.Aes128GcmSha256, CipherSuite.Aes256GcmSha384, CipherSuite.ChaCha20Poly1305Sha256]
        : [CipherSuite.ChaCha20Poly1305Sha256];
}
