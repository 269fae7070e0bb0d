namespace Orchestra.Quic.Protection;

/// <summary>TLS 1.3's numbers of the suites that QUIC can use here (RFC 9001 §5.3).</summary>
internal enum CipherSuite : ushort
{
    Aes128GcmSha256 = 0x1301,
    Aes256GcmSha384 = 0x1302,
    ChaCha20Poly1305Sha256 = 0x1303,
}
