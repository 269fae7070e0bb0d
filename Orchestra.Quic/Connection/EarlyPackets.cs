using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Quic.Connection;

/// <summary>Packets that overtook the ones with their keys, RFC 9001 §5.7: a few of them wait.</summary>
internal sealed class EarlyPackets(KeySchedule keys)
{
    private const int MaxPackets = 10;
    private const int MaxLength = 2 * ConnectionCore.BaseDatagramSize;

    private List<(PacketSpace Space, byte[] Packet)>? _packets;

    public void Keep(PacketSpace space, ReadOnlySpan<byte> packet)
    {
        if (keys.IsExpectingReadKeys(space) && packet.Length <= MaxLength && (_packets?.Count ?? 0) < MaxPackets)
        {
            (_packets ??= []).Add((space, packet.ToArray()));
        }
    }

    /// <summary>Takes the first one whose keys are there now.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? packet)
    {
        for (int i = 0; i < _packets?.Count; i++)
        {
            (PacketSpace space, packet) = _packets[i];
            if (keys.ReadKeys(space) is not null)
            {
                _packets.RemoveAt(i);
                return true;
            }
        }

        packet = null;
        return false;
    }

    public void Clear() => _packets = null;
}
