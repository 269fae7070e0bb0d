using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What a peer has of what all share: all its connections together.</summary>
/// <param name="id">Who it is; null where nobody else is the same.</param>
/// <param name="all">Those of all peers.</param>
/// <param name="bytes">What the messages of all may take.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PeerShare(string? id, PeerShares all, ByteBudget bytes, TimeProvider timeProvider)
{
    public string? Id { get; } = id;

    /// <summary>Whether there are other peers, for whom some is to be left.</summary>
    public bool HasOthers => all.Count > 1;

    public ByteShare Bytes { get; } = new(bytes, () => all.Count > 1);

    public LargeMessages Large { get; } = new(timeProvider);

    /// <summary>How many connections it has. <see cref="PeerShares"/>' own.</summary>
    public int Connections { get; set; }

    /// <summary>How many of its calls run. <see cref="CallGate"/>'s own, as what follows.</summary>
    public int RunningCalls { get; set; }

    public LinkedList<WaitingCall> WaitingCalls { get; } = new();

    /// <summary>Its connections that have exchanges to begin, in turn. <see cref="StartQueue"/>'s own.</summary>
    public Queue<Peer> Turns { get; } = new();
}
