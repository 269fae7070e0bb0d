namespace Orchestra.Sdk.Binding;

/// <summary>
/// Counts how many protobuf messages a result nests. A circle would else end the process by a stack overflow, and what nests deeper
/// than protobuf's parsers take (100 messages) would end the connection.
/// </summary>
internal readonly struct ResultDepth : IDisposable
{
    // What is left is for the response around the result.
    private const int Limit = 90;

    // Writing a result never waits, so that it stays on its thread.
    [ThreadStatic]
    private static int _depth;

    private readonly int _messages;

    private ResultDepth(int messages)
    {
        if (_depth + messages > Limit)
        {
            throw new InvalidOperationException("The result nests deeper than a peer can read. Is there a circle in it?");
        }

        _messages = messages;
        _depth += messages;
    }

    /// <summary>An object: its Struct, the entry of a member, the member's Value.</summary>
    public static ResultDepth EnterObject() => new(3);

    /// <summary>An array: its ListValue, the item's Value.</summary>
    public static ResultDepth EnterList() => new(2);

    public void Dispose() => _depth -= _messages;
}
