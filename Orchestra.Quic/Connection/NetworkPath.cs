using System.Net;
using System.Net.Sockets;

namespace Orchestra.Quic.Connection;

/// <summary>An address of the peer, and how far it is trusted, RFC 9000 §8.</summary>
internal sealed class NetworkPath(SocketAddress address)
{
    // RFC 9000 §8.1: what a forged address could be made to receive.
    public const int AmplificationFactor = 3;

    private long _receivedBytes;
    private long _sentBytes;

    public SocketAddress Address { get; } = address;

    /// <summary>Whether it stays within this machine.</summary>
    public bool IsLoopback { get; } = IPAddress.IsLoopback(new IPAddress(
        address.Family == AddressFamily.InterNetwork ? address.Buffer.Span.Slice(4, 4) : address.Buffer.Span.Slice(8, 16)));

    /// <summary>How large the datagrams are that are sent on it.</summary>
    public int DatagramSize { get; set; } = ConnectionCore.BaseDatagramSize;

    /// <summary>What tries a larger size; null while none is of use.</summary>
    public SizeProbe? SizeProbe { get; set; }

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
