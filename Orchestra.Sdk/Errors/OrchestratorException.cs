namespace Orchestra.Sdk;

/// <summary>The peer could not be reached, or an exchange with it failed.</summary>
/// <param name="address">What was dialed.</param>
/// <param name="message">What failed.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class OrchestratorException(string address, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>What was dialed.</summary>
    public string Address { get; } = address;
}
