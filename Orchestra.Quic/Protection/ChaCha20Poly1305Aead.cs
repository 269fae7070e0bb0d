using System.Security.Cryptography;

namespace Orchestra.Quic.Protection;

/// <summary>
/// ChaCha20-Poly1305 (RFC 8439 §2.8). The first step of the key stream makes the key of the tag and serves the start of the payload:
/// most packets of a call need no other.
/// </summary>
internal sealed class ChaCha20Poly1305Aead(ReadOnlySpan<byte> key) : PacketAead
{
    private const int HeadLength = ChaCha20.StepLength - ChaCha20.BlockLength;

    private readonly ChaCha20 _cipher = new(key);

    public override void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag)
    {
        Span<byte> first = stackalloc byte[ChaCha20.StepLength];
        Span<byte> head = FirstStep(nonce, payload, first);
        head.CopyTo(payload);
        AddKeyStream(nonce, payload[head.Length..]);
        ComputeTag(first, associated, payload, tag);
    }

    public override bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag)
    {
        Span<byte> first = stackalloc byte[ChaCha20.StepLength];
        Span<byte> expected = stackalloc byte[TagLength];
        Span<byte> head = FirstStep(nonce, payload, first);
        ComputeTag(first, associated, payload, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, tag))
        {
            return false;
        }

        head.CopyTo(payload);
        AddKeyStream(nonce, payload[head.Length..]);
        return true;
    }

    public override void Dispose() => _cipher.Clear();

    /// <summary>Makes the key of the tag, and behind it what becomes of the payload's start.</summary>
    private Span<byte> FirstStep(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> payload, Span<byte> first)
    {
        Span<byte> head = first.Slice(ChaCha20.BlockLength, Math.Min(payload.Length, HeadLength));
        first.Clear();
        payload[..head.Length].CopyTo(head);
        _cipher.AddKeyStream(nonce, 0, first);
        return head;
    }

    private void AddKeyStream(ReadOnlySpan<byte> nonce, Span<byte> data)
    {
        uint counter = ChaCha20.StepBlocks;
        for (; data.Length >= ChaCha20.StepLength; data = data[ChaCha20.StepLength..])
        {
            _cipher.AddKeyStream(nonce, counter, data);
            counter += ChaCha20.StepBlocks;
        }

        if (!data.IsEmpty)
        {
            Span<byte> padded = stackalloc byte[ChaCha20.StepLength];
            data.CopyTo(padded);
            _cipher.AddKeyStream(nonce, counter, padded);
            padded[..data.Length].CopyTo(data);
        }
    }

    private static void ComputeTag(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> payload, Span<byte> tag)
    {
        var code = new Poly1305(key[..Poly1305.KeyLength]);
        code.Update(associated);
        code.Update(payload);
        code.Finish(associated.Length, payload.Length, tag);
    }
}
