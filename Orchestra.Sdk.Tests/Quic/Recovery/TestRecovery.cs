using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>Recovery without a connection: its handshake is confirmed.</summary>
internal sealed class TestRecovery
{
    public TestRecovery(ISentFrameSink sink, int datagramSize)
    {
        Path = new PathEstimates(datagramSize);
        Detector = new LossDetector(Spaces, sink, Handshake, Path);
    }

    public SentSpaces Spaces { get; } = new();

    public HandshakeStatus Handshake { get; } = new() { IsConfirmed = true };

    public PathEstimates Path { get; }

    public LossDetector Detector { get; }
}
