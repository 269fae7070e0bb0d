using System.Buffers;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The keys of short header packets and their updates, RFC 9001 §6.</summary>
internal sealed class ApplicationKeys(PacketKeys read, PacketKeys write) : SpaceKeys(read, write)
{
    private const int ReservedForClosing = 64;

    private PacketKeys _nextRead = read.Next();
    private PacketKeys? _previousRead;
    private long _previousUntil;
    private long _firstReadNumber;
    private long _firstWriteNumber;
    private long _failures;

    // We began an update, and the peer has not followed yet.
    private bool _awaitsPeer;

    // We have acknowledged a packet with the present keys; before that the peer may not update again.
    private bool _isAcknowledged = true;

    private bool _wasReadWithPrevious;

    /// <summary>The bit of the packets that we send and, outside of an update, receive.</summary>
    public bool Phase { get; private set; }

    /// <summary>Whether as many packets could not be authenticated, over all generations, as may be tried, RFC 9001 §6.6.</summary>
    /// <param name="limit">A limit below the cipher's own.</param>
    public bool IsIntegrityExhausted(long limit) => _failures >= Math.Min(limit, Read.IntegrityLimit);

    /// <summary>Whether the present key may encrypt nothing more than the packets that close the connection, RFC 9001 §6.6.</summary>
    /// <param name="nextNumber">The number of the next packet.</param>
    /// <param name="limit">A limit below the cipher's own.</param>
    public bool IsConfidentialityExhausted(long nextNumber, long limit) =>
        Used(nextNumber) >= Math.Min(limit, Write.ConfidentialityLimit - ReservedForClosing);

    /// <summary>How many packets were sent with the present key.</summary>
    public long Used(long nextNumber) => nextNumber - _firstWriteNumber;

    /// <summary>Whether an update may begin: the last one is through, and the peer has acknowledged a packet since, RFC 9001 §6.1.</summary>
    public bool CanUpdate(long largestAcknowledged) => !_awaitsPeer && largestAcknowledged >= _firstWriteNumber;

    /// <summary>Decrypts a packet in place, and follows the peer's update where the packet shows one.</summary>
    /// <param name="phase">The packet's key phase bit.</param>
    /// <param name="number">Its number.</param>
    /// <param name="header">Its header, unprotected.</param>
    /// <param name="payload">Its payload with the tag.</param>
    /// <param name="nextWriteNumber">The number of the next packet that we will send.</param>
    /// <param name="probeTimeout">How long old packets may still arrive is a multiple of it.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether the packet is authentic.</returns>
    /// <exception cref="TransportException">The peer updates its keys as it must not.</exception>
    public bool TryDecrypt(
        bool phase,
        long number,
        ReadOnlySpan<byte> header,
        Span<byte> payload,
        long nextWriteNumber,
        long probeTimeout,
        long now)
    {
        if (_previousRead is not null && !_awaitsPeer && now >= _previousUntil)
        {
            _previousRead.Dispose();
            _previousRead = null;
        }

        PacketKeys? keys = phase == Phase ? Read : number < _firstReadNumber ? _previousRead : _nextRead;
        if (keys == _nextRead)
        {
            CheckNotPrevious(number, header, payload);
        }

        if (keys is null || !keys.TryDecrypt(number, header, payload))
        {
            _failures++;
            return false;
        }

        _wasReadWithPrevious = keys == _previousRead;
        if (keys == _nextRead)
        {
            if (!_isAcknowledged)
            {
                throw Error("the peer updated its keys again before it could know that we followed");
            }

            _isAcknowledged = false;
            _firstReadNumber = number;
            Advance(nextWriteNumber, now + (3 * probeTimeout));
        }
        else if (phase == Phase && _awaitsPeer)
        {
            _awaitsPeer = false;
            _isAcknowledged = false;
            _firstReadNumber = number;
            _previousUntil = now + (3 * probeTimeout);
        }

        return true;
    }

    /// <summary>An acknowledgment goes out, and tells of the newest packet too.</summary>
    public void OnAckSent() => _isAcknowledged = true;

    /// <summary>Takes what a packet just decrypted acknowledges: who saw our new keys must answer with new ones, RFC 9001 §6.2.</summary>
    /// <exception cref="TransportException">The peer did not.</exception>
    public void OnAcknowledged(long largest)
    {
        if (_wasReadWithPrevious && largest >= _firstWriteNumber)
        {
            throw Error("the peer acknowledged our new keys with its old ones");
        }
    }

    /// <summary>Uses the next keys from now on; the peer will follow.</summary>
    public void Update(long nextWriteNumber)
    {
        _awaitsPeer = true;
        _firstReadNumber = long.MaxValue;
        Advance(nextWriteNumber, long.MaxValue);
    }

    public override void Dispose()
    {
        base.Dispose();
        _nextRead.Dispose();
        _previousRead?.Dispose();
    }

    /// <summary>After its first packet with new keys the peer may use the old ones no more, RFC 9001 §6.4.</summary>
    private void CheckNotPrevious(long number, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        if (_previousRead is null)
        {
            return;
        }

        // Decrypting overwrites, and the next keys are still to be tried.
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        bool isPrevious = _previousRead.TryDecrypt(number, header, copy.AsSpan(0, payload.Length));
        ArrayPool<byte>.Shared.Return(copy);
        if (isPrevious)
        {
            throw Error("the peer went back to keys that it had replaced");
        }
    }

    private static TransportException Error(string reason) => new(TransportErrorCode.KeyUpdateError, reason);

    private void Advance(long nextWriteNumber, long previousUntil)
    {
        _previousRead?.Dispose();
        (_previousRead, Read, _nextRead) = (Read, _nextRead, _nextRead.Next());
        _previousUntil = previousUntil;
        PacketKeys write = Write.Next();
        Write.Dispose();
        Write = write;
        _firstWriteNumber = nextWriteNumber;
        Phase = !Phase;
    }
}
