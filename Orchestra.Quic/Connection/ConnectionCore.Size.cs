using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>
/// How large datagrams are, RFC 9000 §14: each costs about the same whatever is in it. They grow only within this machine, where no
/// router could cease to carry them, and only once there is enough to fill them.
/// </summary>
internal sealed partial class ConnectionCore
{
    /// <summary>What every path carries, and the least that a datagram with an Initial packet has, RFC 9000 §14.1.</summary>
    public const int BaseDatagramSize = 1200;

    /// <summary>The largest that are sent; several of them fit into one call of the system.</summary>
    public const int LargestDatagramSize = 8192;

    /// <summary>The most that <see cref="Send"/> writes now.</summary>
    public int DatagramSize => _path.DatagramSize;

    // It must not take all of the window, which something may wait for.
    private SizeProbe? DueSizeProbe =>
        _path.SizeProbe is { IsDue: true } probe && _recovery.Congestion.Window >= 2 * probe.Size ? probe : null;

    /// <summary>A datagram was filled: larger ones would be of use.</summary>
    private void OnDatagramFilled()
    {
        if (_path.SizeProbe is not null || !_recovery.IsHandshakeConfirmed || !_path.IsLoopback)
        {
            return;
        }

        int size = (int)Math.Min(_peerParameters!.MaxUdpPayloadSize, _options.MaxDatagramSize);
        if (size > _path.DatagramSize)
        {
            _path.SizeProbe = new SizeProbe(size);
        }
    }

    private int SendSizeProbe(Span<byte> buffer, SizeProbe probe, long now)
    {
        probe.OnSent(_recovery[LossDetector.ApplicationSpace].NextNumber);
        return SendAlone(buffer, FrameType.Ping, [], probe.Size, _path.Address, now);
    }

    private void OnSizeProbeAcknowledged(long packet)
    {
        if (_path.SizeProbe?.OnAcknowledged(packet) == true)
        {
            _path.DatagramSize = _path.SizeProbe.Size;
            _recovery.SetDatagramSize(_path.DatagramSize);
        }
    }
}
