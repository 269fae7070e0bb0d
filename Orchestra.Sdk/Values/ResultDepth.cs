namespace Orchestra.Sdk.Values;

/// <summary>
/// Counts how many objects and arrays a result nests. A circle would else end the process by a stack overflow, and what nests deeper
/// than a peer reads would end the connection.
/// </summary>
internal readonly struct ResultDepth : IDisposable
{
    // Writing a result never waits, so that it stays on its thread.
    [ThreadStatic]
    private static int _depth;

    /// <summary>Enters an object or array.</summary>
    public static ResultDepth Enter()
    {
        if (_depth == Nesting.MaxLevels)
        {
            throw new InvalidOperationException("The result nests deeper than a peer can read. Is there a circle in it?");
        }

        _depth++;
        return default;
    }

    public void Dispose() => _depth--;
}
