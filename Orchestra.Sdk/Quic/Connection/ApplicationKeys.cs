using Orchestra.Sdk.Quic.Protection;

namespace Orchestra.Sdk.Quic.Connection;

/// <summary>The keys of short header packets and their updates, RFC 9001 §6.</summary>
internal sealed class ApplicationKeys(PacketKeys read, PacketKeys write) : IDisposable
{
    private PacketKeys _read = read;
    private PacketKeys _nextRead = read.Next();
    private PacketKeys? _previousRead;
    private long _previousUntil;
    private long _firstReadNumber;
    private long _firstWriteNumber;
    private long _failures;

    // We began an update, and the peer has not followed yet.
    private bool _awaitsPeer;

    public PacketKeys Write { get; private set; } = write;

    /// <summary>For header protection, which no update changes.</summary>
    public PacketKeys Read => _read;

    /// <summary>The bit of the packets that we send and, outside of an update, receive.</summary>
    public bool Phase { get; private set; }

    /// <summary>Packets that could not be authenticated, over all generations: there is a limit to what may be tried.</summary>
    public bool IsIntegrityExhausted => _failures >= _read.IntegrityLimit;

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

        PacketKeys? keys = phase == Phase ? _read : number < _firstReadNumber ? _previousRead : _nextRead;
        if (keys is null || !keys.TryDecrypt(number, header, payload))
        {
            _failures++;
            return false;
        }

        if (keys == _nextRead)
        {
            _firstReadNumber = number;
            Advance(nextWriteNumber, now + (3 * probeTimeout));
        }
        else if (phase == Phase && _awaitsPeer)
        {
            _awaitsPeer = false;
            _firstReadNumber = number;
            _previousUntil = now + (3 * probeTimeout);
        }

        return true;
    }

    /// <summary>Uses the next keys from now on; the peer will follow.</summary>
    public void Update(long nextWriteNumber)
    {
        _awaitsPeer = true;
        _firstReadNumber = long.MaxValue;
        Advance(nextWriteNumber, long.MaxValue);
    }

    public void Dispose()
    {
        _read.Dispose();
        _nextRead.Dispose();
        _previousRead?.Dispose();
        Write.Dispose();
    }

    private void Advance(long nextWriteNumber, long previousUntil)
    {
        _previousRead?.Dispose();
        (_previousRead, _read, _nextRead) = (_read, _nextRead, _nextRead.Next());
        _previousUntil = previousUntil;
        PacketKeys write = Write.Next();
        Write.Dispose();
        Write = write;
        _firstWriteNumber = nextWriteNumber;
        Phase = !Phase;
    }
}
