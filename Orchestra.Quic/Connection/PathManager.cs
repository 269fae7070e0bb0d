using System.Net;
using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Connection;

/// <summary>
/// The path in use, and what is known of it: a client's may change under way (RFC 9000 §9), ours does not by our will. Datagrams grow
/// only within this machine, where no router could cease to carry them, and only once there is enough to fill them (§14): each costs
/// about the same whatever is in it.
/// </summary>
internal sealed class PathManager(SocketAddress remote, HandshakeStatus handshake, ConnectionOptions options)
{
    // A short header packet with the longest id and a challenge.
    private const int MinDatagramSize = 50;

    private NetworkPath? _fallback;
    private bool _isFallbackChallengeDue;

    public NetworkPath Current { get; private set; } = new(remote);

    /// <summary>Of the path in use.</summary>
    public PathEstimates Estimates { get; } = new(ConnectionCore.BaseDatagramSize);

    public PathResponse Response { get; } = new();

    /// <summary>The peer's max_udp_payload_size.</summary>
    public long PeerMaxDatagramSize { get; set; }

    /// <summary>How large a datagram the path may carry now; 0 for none. A handshake needs full ones, RFC 9000 §8.1 and §14.1.</summary>
    public int Room
    {
        get
        {
            int room = (int)Math.Min(Current.Room, Current.DatagramSize);
            return room < (handshake.IsConfirmed ? MinDatagramSize : ConnectionCore.BaseDatagramSize) ? 0 : room;
        }
    }

    /// <summary>A server that may not send before it hears more.</summary>
    public bool IsBlocked => Room == 0;

    /// <summary>Where a challenge is due that asks whether the client is still where it was; null where none is.</summary>
    public SocketAddress? FallbackToAsk => _isFallbackChallengeDue ? _fallback!.Address : null;

    // It must not take all of the window, which something may wait for.
    public SizeProbe? DueSizeProbe =>
        Current.SizeProbe is { IsDue: true } probe && Estimates.Congestion.Window >= 2 * probe.Size ? probe : null;

    /// <summary>When <see cref="OnTimeout"/> is due.</summary>
    public long Deadline(long probeTimeout) => Current.ChallengeDeadline(probeTimeout);

    /// <summary>Takes a PATH_RESPONSE.</summary>
    public void OnResponse(ReadOnlySpan<byte> data, long now)
    {
        if (Current.TryTakeResponse(data, now))
        {
            _fallback = null;
            _isFallbackChallengeDue = false;
        }
    }

    /// <summary>The client's newest packet came from elsewhere: its NAT chose another port, or it moved.</summary>
    /// <param name="datagram">What it came in.</param>
    /// <param name="firstPacket">The number of the first 1-RTT packet that will go there.</param>
    public void Migrate(in ReceivedDatagram datagram, long firstPacket)
    {
        if (_fallback is not null && datagram.Remote.Equals(_fallback.Address))
        {
            FallBack();
        }
        else
        {
            if (Current.IsValidated)
            {
                // The packet may have been sent on by somebody: if the client is still there it answers, RFC 9000 §9.3.3.
                _fallback = Current;
                _isFallbackChallengeDue = true;
            }

            Current.ClearChallenge();
            Current = new NetworkPath(NetworkPath.Copy(datagram.Remote));
            Current.OnReceived(datagram.Bytes.Length);
            Current.Challenge(datagram.Now);
            Estimates.SetDatagramSize(Current.DatagramSize);
        }

        Estimates.Reset(firstPacket, datagram.Now);
    }

    /// <summary>Asks again where nobody answered, and at last goes back to where somebody was.</summary>
    public void OnTimeout(long now, long probeTimeout)
    {
        if (now >= Deadline(probeTimeout) && !Current.TryChallengeAgain(now) && _fallback is not null)
        {
            FallBack();
        }
    }

    public void OnFallbackAsked() => _isFallbackChallengeDue = false;

    /// <summary>A datagram was sent on the path. One that was filled shows that larger ones would be of use.</summary>
    public void OnSent(int bytes)
    {
        Current.OnSent(bytes);
        if (bytes != Current.DatagramSize || Current.SizeProbe is not null || !handshake.IsConfirmed || !Current.IsLoopback)
        {
            return;
        }

        int size = (int)Math.Min(PeerMaxDatagramSize, options.MaxDatagramSize);
        if (size > Current.DatagramSize)
        {
            Current.SizeProbe = new SizeProbe(size);
        }
    }

    public void OnSizeProbeAcknowledged(long packet)
    {
        if (Current.SizeProbe is { } probe && probe.OnAcknowledged(packet))
        {
            Current.DatagramSize = probe.Size;
            Estimates.SetDatagramSize(probe.Size);
        }
    }

    private void FallBack()
    {
        (Current, _fallback) = (_fallback!, null);
        _isFallbackChallengeDue = false;
        Estimates.SetDatagramSize(Current.DatagramSize);
    }
}
