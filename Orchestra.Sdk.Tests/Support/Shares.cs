using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>Shares of peers, of as many bytes as they want.</summary>
internal static class Shares
{
    /// <summary>The share of a peer that is alone.</summary>
    public static PeerShare Of(string? id) => new PeerShares(new ByteBudget(long.MaxValue), TimeProvider.System).Enter(id);
}
