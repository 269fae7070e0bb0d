using Orchestra.Quic.Protection;

namespace Orchestra.Quic.Connection;

/// <summary>The keys of a packet number space, both ways.</summary>
internal class SpaceKeys(PacketKeys read, PacketKeys write) : IDisposable
{
    public PacketKeys Read { get; protected set; } = read;

    public PacketKeys Write { get; protected set; } = write;

    public virtual void Dispose()
    {
        Read.Dispose();
        Write.Dispose();
    }
}
