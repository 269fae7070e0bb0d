using System.Net;

namespace Orchestra.Sdk.Quic.Connection;

/// <summary>An address of the peer, and how far it is trusted, RFC 9000 §8.</summary>
internal sealed class NetworkPath(SocketAddress address)
{
    // RFC 9000 §8.1: what a forged address could be made to receive.
    public const int AmplificationFactor = 3;

    private long _receivedBytes;
    private long _sentBytes;

    public SocketAddress Address { get; } = address;

    public bool IsValidated { get; set; }

    /// <summary>The data of our PATH_CHALLENGE; null when none is open.</summary>
    public byte[]? Challenge { get; set; }

    /// <summary>Whether the challenge is to be sent, or sent again.</summary>
    public bool IsChallengeDue { get; set; }

    /// <summary>Whether the challenge went out in a datagram of full size: only then its answer shows that such arrive.</summary>
    public bool IsChallengeFull { get; set; }

    /// <summary>How many bytes may be sent to it now.</summary>
    public long Room => IsValidated ? long.MaxValue : (AmplificationFactor * _receivedBytes) - _sentBytes;

    public void OnReceived(int bytes) => _receivedBytes += bytes;

    public void OnSent(int bytes) => _sentBytes += bytes;
}
