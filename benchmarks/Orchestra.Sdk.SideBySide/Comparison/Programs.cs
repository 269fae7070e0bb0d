namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>What is compared, by path; our client is this program.</summary>
/// <param name="GoPeer">Go's client.</param>
/// <param name="GoPlugin">Go's plugin.</param>
/// <param name="Plugin">Ours.</param>
internal sealed record Programs(string GoPeer, string GoPlugin, string Plugin);
