using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Connection;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>Single frames with what a surface is about in them.</summary>
internal static class ScriptedFrames
{
    /// <summary>An acknowledgment of packet 0, that waited for so long.</summary>
    public static byte[] AckWithDelay(long delay) =>
        ScriptedPeer.Frame((ref w) => FrameWriter.TryWriteAck(ref w, delay, [new PacketRange(0, 0)], out _));

    /// <summary>The beginning of a stream.</summary>
    public static byte[] Stream(long id, ReadOnlySpan<byte> data)
    {
        byte[] copy = data.ToArray();
        return ScriptedPeer.Frame((ref w) =>
            FrameWriter.TryBeginStream(ref w, id, 0, copy.Length, fin: false, out Span<byte> target, out _) && copy.AsSpan().TryCopyTo(target));
    }
}
