using System.Net;

namespace Orchestra.Quic.Connection;

/// <summary>Our answer to a challenge. Only one is kept: a flood of challenges costs no memory (CVE-2023-49295).</summary>
internal sealed class PathResponse
{
    private readonly byte[] _data = new byte[NetworkPath.ChallengeLength];
    private int _room;

    /// <summary>Where it is to be sent; null while there is none.</summary>
    public SocketAddress? Address { get; private set; }

    public ReadOnlySpan<byte> Data => _data;

    /// <summary>How large its datagram is; 0 where as small as it is: who has shown little of itself is not sent much, RFC 9000 §8.2.2.</summary>
    public int Size => _room >= ConnectionCore.BaseDatagramSize ? ConnectionCore.BaseDatagramSize : 0;

    /// <summary>Takes a challenge.</summary>
    /// <param name="data">What to answer.</param>
    /// <param name="datagram">What it came in.</param>
    /// <param name="path">The path in use, whose address is kept for it.</param>
    public void OnChallenge(ReadOnlySpan<byte> data, in ReceivedDatagram datagram, NetworkPath path)
    {
        data.CopyTo(_data);
        if (!datagram.Remote.Equals(Address))
        {
            Address = datagram.Remote.Equals(path.Address) ? path.Address : NetworkPath.Copy(datagram.Remote);
        }

        _room = NetworkPath.AmplificationFactor * datagram.Bytes.Length;
    }

    public void OnSent() => Address = null;
}
