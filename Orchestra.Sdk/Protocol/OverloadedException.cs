namespace Orchestra.Sdk.Protocol;

/// <summary>The messages in flight take all the memory that they may.</summary>
/// <param name="beginning">The first bytes of a message that was not taken.</param>
internal sealed class OverloadedException(byte[] beginning)
    : Exception(Reason)
{
    public const string Reason = "the messages in flight take as much memory as they may; try again later";

    public byte[] Beginning { get; } = beginning;
}
