namespace Orchestra.Sdk;

/// <summary>Where a registration comes from.</summary>
public sealed class RegistrationContext
{
    /// <summary>The id of the request that this answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>
    /// The name in the certificate of the peer that sent it: a plugin's own id with <c>-client</c> after it, as plugins dial;
    /// <see langword="null"/> over TCP and within the process.
    /// </summary>
    public string? Peer { get; init; }
}
