using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>Takes what comes for what it is. Nothing is ever encoded: messages leave before they become records.</summary>
internal sealed class PassThroughCipher : TlsCipher
{
    /// <inheritdoc/>
    public bool UsesOpaqueRecordType => true;

    /// <inheritdoc/>
    public int GetCiphertextDecodeLimit(int plaintextLimit) => plaintextLimit;

    /// <inheritdoc/>
    public int GetCiphertextEncodeLimit(int plaintextLength, int plaintextLimit) => plaintextLimit;

    /// <inheritdoc/>
    public int GetPlaintextLimit(int ciphertextLimit) => ciphertextLimit;

    /// <inheritdoc/>
    public TlsDecodeResult DecodeCiphertext(
        long seqNo, short recordType, ProtocolVersion recordVersion, byte[] ciphertext, int offset, int len) =>
        new(ciphertext, offset, len, ContentType.handshake);

    /// <inheritdoc/>
    public TlsEncodeResult EncodePlaintext(
        long seqNo,
        short contentType,
        ProtocolVersion recordVersion,
        int headerAllocation,
        byte[] plaintext,
        int offset,
        int len) => throw new NotSupportedException();

    /// <inheritdoc/>
    public TlsEncodeResult EncodePlaintext(
        long seqNo, short contentType, ProtocolVersion recordVersion, int headerAllocation, ReadOnlySpan<byte> plaintext) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public void RekeyDecoder() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void RekeyEncoder() => throw new NotSupportedException();
}
