namespace Orchestra.Sdk.Protocol;

/// <summary>The messages in flight take all the memory that they may.</summary>
internal sealed class OverloadedException()
    : Exception("the messages in flight take as much memory as they may; try again later");
