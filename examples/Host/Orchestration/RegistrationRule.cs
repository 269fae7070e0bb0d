namespace Orchestra.Examples.Host.Orchestration;

/// <summary>Who may register as which plugin: any certificate of the authority is let in, but not to pass for somebody else.</summary>
internal static class RegistrationRule
{
    /// <summary>What stands after a plugin's id in the certificate that it dials with.</summary>
    private const string Suffix = "-client";

    /// <summary>Why a peer may not register; null when it may. The id is not repeated: its length is the peer's affair.</summary>
    /// <param name="id">The plugin's id, as it says.</param>
    /// <param name="peer">The name in its certificate.</param>
    public static string? Reject(string id, string? peer) => peer == id || peer == id + Suffix
        ? null
        : $"the certificate \"{peer}\" is another plugin's: it must be named by the plugin's id, or that with {Suffix} after it";
}
