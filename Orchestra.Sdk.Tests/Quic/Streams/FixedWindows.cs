using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>What does not grow, for tests of something else.</summary>
internal static class FixedWindows
{
    public static PathEstimates Path() => new(datagramSize: 1200);

    public static ConnectionFlow Flow(long window) =>
        new(new StreamOptions { ConnectionWindow = window, MaxConnectionWindow = window }, new GrowthShare(new GrowthBudget(0)));

    public static SendMemory Memory(int size) =>
        new(new StreamOptions { SendBufferSize = size, MaxSendBufferSize = size }, Path().Rtt, new GrowthShare(new GrowthBudget(0)));
}
