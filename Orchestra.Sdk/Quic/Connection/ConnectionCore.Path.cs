using System.Net;
using System.Security.Cryptography;
using Orchestra.Sdk.Quic.Wire;

namespace Orchestra.Sdk.Quic.Connection;

/// <summary>The peer's address: a client's may change under way (RFC 9000 §9), ours does not by our will.</summary>
internal sealed partial class ConnectionCore
{
    private const int ChallengeLength = 8;
    private const int MaxChallenges = 3;

    private readonly byte[] _responseData = new byte[ChallengeLength];

    private NetworkPath _path;
    private NetworkPath? _fallback;
    private SocketAddress? _responseAddress;
    private int _challenges;
    private long _challengeTime;

    private long PathDeadline => _path.Challenge is null ? long.MaxValue : _challengeTime + _recovery.ProbeTimeout;

    /// <summary>Only one answer is kept: a flood of challenges costs no memory (CVE-2023-49295).</summary>
    private void OnPathChallenge(in Frame frame, SocketAddress remote)
    {
        frame.Data.CopyTo(_responseData);
        _responseAddress = remote.Equals(_path.Address) ? _path.Address : Copy(remote);
    }

    private void OnPathResponse(in Frame frame)
    {
        if (_path.Challenge is { } challenge && CryptographicOperations.FixedTimeEquals(frame.Data, challenge))
        {
            _path.Challenge = null;
            _path.IsChallengeDue = false;
            _path.IsValidated = true;
            _fallback = null;
        }
    }

    /// <summary>The client's newest packet came from elsewhere: its NAT chose another port, or it moved.</summary>
    private void Migrate(SocketAddress remote, int bytes, long now)
    {
        if (_path.IsValidated)
        {
            _fallback = _path;
        }

        _path = new NetworkPath(Copy(remote));
        _path.OnReceived(bytes);
        Challenge(now);
        _challenges = 1;
        _recovery.Rtt.Reset();
        _recovery.Congestion.Reset();
    }

    private void Challenge(long now)
    {
        _path.Challenge = RandomNumberGenerator.GetBytes(ChallengeLength);
        _path.IsChallengeDue = true;
        _challengeTime = now;
    }

    private void CheckPath(long now)
    {
        if (now < PathDeadline)
        {
            return;
        }

        if (_challenges++ < MaxChallenges)
        {
            Challenge(now);
            return;
        }

        // Nobody is there; back to where somebody was.
        _path.Challenge = null;
        _path.IsChallengeDue = false;
        if (_fallback is not null)
        {
            (_path, _fallback) = (_fallback, null);
        }
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
