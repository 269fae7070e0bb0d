namespace Orchestra.Sdk.Mcp;

/// <summary>Where the answer to a request goes: out, or to the other answers of its batch.</summary>
internal interface IMessageSink
{
    /// <summary>Takes the answer, and disposes of it. Never throws.</summary>
    ValueTask SendAsync(OutgoingLine line);

    /// <summary>Hears that there will be no answer.</summary>
    ValueTask SkipAsync();
}
