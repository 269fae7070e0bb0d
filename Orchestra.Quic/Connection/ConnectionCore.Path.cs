using System.Net;
using System.Security.Cryptography;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The peer's address: a client's may change under way (RFC 9000 §9), ours does not by our will.</summary>
internal sealed partial class ConnectionCore
{
    private const int ChallengeLength = 8;
    private const int MaxChallenges = 3;

    // A short header packet with the longest id and a challenge.
    private const int MinDatagramSize = 50;

    private readonly byte[] _responseData = new byte[ChallengeLength];

    private NetworkPath _path;
    private NetworkPath? _fallback;
    private bool _fallbackChallengeDue;
    private SocketAddress? _responseAddress;
    private int _responseRoom;
    private int _challenges;
    private long _challengeTime;

    private long PathDeadline => _path.Challenge is null ? long.MaxValue : _challengeTime + _recovery.ProbeTimeout;

    /// <summary>How large a datagram the path may carry now; 0 for none. A handshake needs full ones, RFC 9000 §8.1 and §14.1.</summary>
    private int UpdateRoom()
    {
        int room = (int)Math.Min(_path.Room, _path.DatagramSize);
        _recovery.IsBlockedByAmplification = room < (_recovery.IsHandshakeConfirmed ? MinDatagramSize : BaseDatagramSize);
        return _recovery.IsBlockedByAmplification ? 0 : room;
    }

    /// <summary>Only one answer is kept: a flood of challenges costs no memory (CVE-2023-49295).</summary>
    private void OnPathChallenge(in Frame frame, SocketAddress remote)
    {
        frame.Data.CopyTo(_responseData);
        if (!remote.Equals(_responseAddress))
        {
            _responseAddress = remote.Equals(_path.Address) ? _path.Address : Copy(remote);
        }

        _responseRoom = NetworkPath.AmplificationFactor * _datagramLength;
    }

    private void OnPathResponse(in Frame frame, long now)
    {
        if (_path.Challenge is not { } challenge || !CryptographicOperations.FixedTimeEquals(frame.Data, challenge))
        {
            return;
        }

        _path.IsValidated = true;
        _fallback = null;
        _fallbackChallengeDue = false;
        _challenges = 1;
        if (_path.IsChallengeFull)
        {
            ClearChallenge();
        }
        else
        {
            // Somebody is there. Whether datagrams of full size arrive is still to be seen, RFC 9000 §8.2.1.
            Challenge(now);
        }
    }

    /// <summary>The client's newest packet came from elsewhere: its NAT chose another port, or it moved.</summary>
    private void Migrate(in ConnectionId destination, SocketAddress remote, int bytes, long now)
    {
        if (!destination.Equals(_destination))
        {
            // By its own will: an id that both paths see would tie them together, RFC 9000 §9.5.
            _remoteIds.Change();
        }

        if (_fallback is not null && remote.Equals(_fallback.Address))
        {
            FallBack();
        }
        else
        {
            if (_path.IsValidated)
            {
                // The packet may have been sent on by somebody: if the client is still there it answers, RFC 9000 §9.3.3.
                _fallback = _path;
                _fallbackChallengeDue = true;
            }

            ClearChallenge();
            _path = new NetworkPath(Copy(remote));
            _path.OnReceived(bytes);
            Challenge(now);
            _challenges = 1;
            _recovery.SetDatagramSize(_path.DatagramSize);
        }

        _recovery.OnPathChanged(now);
    }

    private void Challenge(long now)
    {
        _path.Challenge = RandomNumberGenerator.GetBytes(ChallengeLength);
        _path.IsChallengeDue = true;
        _challengeTime = now;
    }

    private void ClearChallenge()
    {
        _path.Challenge = null;
        _path.IsChallengeDue = false;
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
        ClearChallenge();
        if (_fallback is not null)
        {
            FallBack();
        }
    }

    private void FallBack()
    {
        (_path, _fallback) = (_fallback!, null);
        _fallbackChallengeDue = false;
        _recovery.SetDatagramSize(_path.DatagramSize);
    }

    /// <summary>Answers a challenge that came from another address, there and in a packet of its own.</summary>
    private int SendPathResponse(Span<byte> buffer, SocketAddress address, long now)
    {
        _responseAddress = null;

        // An address that has shown little of itself is not sent much, RFC 9000 §8.2.2.
        int size = _responseRoom >= BaseDatagramSize ? BaseDatagramSize : 0;
        return SendAlone(buffer, FrameType.PathResponse, _responseData, size, address, now);
    }

    /// <summary>Asks whether the client is still where it was. That its answer comes from there is answer enough.</summary>
    private int SendFallbackChallenge(Span<byte> buffer, long now)
    {
        _fallbackChallengeDue = false;
        Span<byte> data = stackalloc byte[ChallengeLength];
        RandomNumberGenerator.Fill(data);
        return SendAlone(buffer, FrameType.PathChallenge, data, BaseDatagramSize, _fallback!.Address, now);
    }

    /// <summary>Writes a packet with one frame alone, filled up to a size unless that is 0.</summary>
    private int SendAlone(Span<byte> buffer, FrameType type, ReadOnlySpan<byte> data, int size, SocketAddress address, long now)
    {
        RemoteAddress = address;
        PacketSpace state = _recovery[LossDetector.ApplicationSpace];
        int numberLength = PacketNumber.LengthFor(state.NextNumber, state.LargestAcknowledged);
        var writer = new SpanWriter(buffer[..(Math.Max(size, BaseDatagramSize) - PacketKeys.TagLength)]);
        PacketWriter.TryWriteShortHeader(
            ref writer, _remoteIds.Current, _applicationKeys!.Phase, state.NextNumber, numberLength, out int numberOffset);
        SentPacket packet = SentPacket.Rent();
        switch (type)
        {
            case FrameType.PathResponse:
                FrameWriter.TryWritePathResponse(ref writer, data);
                break;
            case FrameType.PathChallenge:
                FrameWriter.TryWritePathChallenge(ref writer, data);
                break;
            default:
                FrameWriter.TryWritePing(ref writer);
                packet.IsSizeProbe = true;
                packet.Add(new SentFrame(FrameType.Ping, state.NextNumber));
                break;
        }

        if (size > 0)
        {
            FrameWriter.WritePadding(ref writer, writer.Remaining);
        }

        packet.Number = state.NextNumber;
        packet.IsAckEliciting = true;
        packet.IsInFlight = true;
        packet.IsApplicationLimited = IsApplicationLimited;
        var unsent = new UnsentPacket
        {
            Packet = packet,
            Space = LossDetector.ApplicationSpace,
            LengthOffset = -1,
            NumberOffset = numberOffset,
            NumberLength = numberLength,
            End = writer.Position,
        };
        Seal(buffer, unsent, now);
        return unsent.End + PacketKeys.TagLength;
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
