using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>An address of the peer, and how far it is trusted, RFC 9000 §8.</summary>
internal sealed class NetworkPath(SocketAddress address)
{
    // RFC 9000 §8.1: what a forged address could be made to receive.
    public const int AmplificationFactor = 3;

    public const int ChallengeLength = 8;

    private const int MaxChallenges = 3;

    private long _receivedBytes;
    private long _sentBytes;

    // The data of our PATH_CHALLENGE; null when none is open.
    private byte[]? _challenge;
    private long _challengeTime;
    private int _challenges;

    // Whether it went out in a datagram of full size: only then its answer shows that such arrive.
    private bool _isChallengeFull;

    public SocketAddress Address { get; } = address;

    /// <summary>Whether it stays within this machine.</summary>
    public bool IsLoopback { get; } = IPAddress.IsLoopback(new IPAddress(
        address.Family == AddressFamily.InterNetwork ? address.Buffer.Span.Slice(4, 4) : address.Buffer.Span.Slice(8, 16)));

    /// <summary>How large the datagrams are that are sent on it.</summary>
    public int DatagramSize { get; set; } = ConnectionCore.BaseDatagramSize;

    /// <summary>What tries a larger size; null while none is of use.</summary>
    public SizeProbe? SizeProbe { get; set; }

    public bool IsValidated { get; set; }

    /// <summary>Whether our challenge is to be sent, or sent again.</summary>
    public bool IsChallengeDue { get; private set; }

    /// <summary>How many bytes may be sent to it now.</summary>
    public long Room => IsValidated ? long.MaxValue : (AmplificationFactor * _receivedBytes) - _sentBytes;

    public void OnReceived(int bytes) => _receivedBytes += bytes;

    public void OnSent(int bytes) => _sentBytes += bytes;

    /// <summary>Asks whether the peer is there.</summary>
    public void Challenge(long now)
    {
        _challenges = 1;
        SetChallenge(now);
    }

    /// <summary>Nobody answered in time.</summary>
    /// <returns>Whether the peer is asked once more; else nobody is there.</returns>
    public bool TryChallengeAgain(long now)
    {
        if (_challenges++ < MaxChallenges)
        {
            SetChallenge(now);
            return true;
        }

        ClearChallenge();
        return false;
    }

    public void ClearChallenge()
    {
        _challenge = null;
        IsChallengeDue = false;
    }

    /// <summary>When an answer to our challenge is overdue.</summary>
    public long ChallengeDeadline(long probeTimeout) => _challenge is null ? Instant.Never : _challengeTime + probeTimeout;

    public bool TryWriteChallenge(ref SpanWriter writer)
    {
        if (!FrameWriter.TryWritePathChallenge(ref writer, _challenge))
        {
            return false;
        }

        IsChallengeDue = false;
        _isChallengeFull = Room >= ConnectionCore.BaseDatagramSize;
        return true;
    }

    public void OnChallengeLost() => IsChallengeDue |= _challenge is not null;

    /// <summary>Takes a PATH_RESPONSE.</summary>
    /// <returns>Whether it answers our challenge, so that somebody is there.</returns>
    public bool TryTakeResponse(ReadOnlySpan<byte> data, long now)
    {
        if (_challenge is null || !CryptographicOperations.FixedTimeEquals(data, _challenge))
        {
            return false;
        }

        IsValidated = true;
        if (_isChallengeFull)
        {
            ClearChallenge();
        }
        else
        {
            // Whether datagrams of full size arrive is still to be seen, RFC 9000 §8.2.1.
            Challenge(now);
        }

        return true;
    }

    public static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }

    private void SetChallenge(long now)
    {
        _challenge = SystemRandom.GetBytes(ChallengeLength);
        _challengeTime = now;
        IsChallengeDue = true;
    }
}
