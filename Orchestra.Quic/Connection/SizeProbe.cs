namespace Orchestra.Quic.Connection;

/// <summary>
/// Finds out whether a path carries larger datagrams, RFC 9000 §14.4: by a PING that is filled up to the size. One that is lost says
/// nothing of congestion; after a few the size is given up.
/// </summary>
internal sealed class SizeProbe(int size)
{
    private const int MaxAttempts = 3;
    private const long None = -1;

    private long _packet = None;
    private int _attempts;

    /// <summary>The size of the datagram.</summary>
    public int Size { get; } = size;

    /// <summary>Whether to send one.</summary>
    public bool IsDue => _packet == None && _attempts < MaxAttempts;

    public void OnSent(long packet)
    {
        _packet = packet;
        _attempts++;
    }

    /// <returns>Whether it was ours, and not one on another path.</returns>
    public bool OnAcknowledged(long packet)
    {
        if (packet != _packet)
        {
            return false;
        }

        _attempts = MaxAttempts;
        return true;
    }

    public void OnLost(long packet)
    {
        if (packet == _packet)
        {
            _packet = None;
        }
    }
}
