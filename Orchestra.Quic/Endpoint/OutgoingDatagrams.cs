using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// What a thread takes of a connection under its lock, and sends without it. Datagrams of one size to one address, the last of which may be
/// shorter, stand together: they go in one call.
/// </summary>
internal sealed class OutgoingDatagrams
{
    // What the kernel takes at once is less than 64 KiB, and of small ones 64. More gains nothing: the first would wait for the last.
    private const int Capacity = 7 * ConnectionCore.LargestDatagramSize;

    [ThreadStatic]
    private static OutgoingDatagrams? _ofThread;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity);
    private readonly List<Group> _groups = [];

    public static OutgoingDatagrams OfThread => _ofThread ??= new OutgoingDatagrams();

    public bool IsEmpty => _groups.Count == 0;

    /// <summary>Takes what the connection may send now, as far as there is room.</summary>
    /// <returns>Whether that is all.</returns>
    public bool Fill(ConnectionCore core, long now)
    {
        _groups.Clear();
        int end = 0;
        while (Capacity - end >= core.DatagramSize)
        {
            int length = core.Send(_buffer.AsSpan(end), now);
            if (length == 0)
            {
                return true;
            }

            Add(end, length, core.RemoteAddress);
            end += length;
        }

        return false;
    }

    public void Send(DatagramSender sender, long now)
    {
        foreach (Group group in _groups)
        {
            sender.Send(_buffer.AsSpan(group.Start, group.End - group.Start), group.Size, group.Remote, now);
        }
    }

    private void Add(int start, int length, SocketAddress remote)
    {
        if (_groups.Count > 0 && _groups[^1] is var last && last.IsOpen && length <= last.Size && ReferenceEquals(remote, last.Remote))
        {
            _groups[^1] = last with { End = start + length, IsOpen = length == last.Size };
        }
        else
        {
            _groups.Add(new Group(start, start + length, length, remote, IsOpen: true));
        }
    }

    /// <summary>Of one size to one address.</summary>
    private readonly record struct Group(int Start, int End, int Size, SocketAddress Remote, bool IsOpen);
}
