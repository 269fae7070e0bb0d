namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>Whose client and whose plugin.</summary>
/// <param name="GoClient">Whether the client is Go's.</param>
/// <param name="GoPlugin">Whether the plugin is Go's.</param>
internal readonly record struct PairKind(bool GoClient, bool GoPlugin)
{
    /// <summary>What all others are compared with comes first.</summary>
    public static readonly PairKind[] All = [new(true, true), new(true, false), new(false, true), new(false, false)];

    public override string ToString() => $"{NameOf(GoClient)} → {NameOf(GoPlugin)}";

    private static string NameOf(bool go) => go ? "Go" : "C#";
}
