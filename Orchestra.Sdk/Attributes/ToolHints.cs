namespace Orchestra.Sdk;

/// <summary>
/// What a tool's behavior is like, for hosts that ask their user less often for what does no harm. Nothing checks that it is true.
/// <see langword="null"/> means that nothing is said, which is not the same as <see langword="false"/>.
/// </summary>
public sealed record ToolHints
{
    /// <summary>The tool's name for people, such as <c>Delete a note</c>.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the tool changes nothing; where nothing is said, a host supposes that it may.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>
    /// Whether what it changes may be lost, rather than only added to; where nothing is said, a host supposes that it may. It means nothing
    /// for a tool that only reads.
    /// </summary>
    public bool? Destructive { get; init; }

    /// <summary>
    /// Whether calling it again with the same arguments changes nothing more; where nothing is said, a host supposes that it may. It means
    /// nothing for a tool that only reads.
    /// </summary>
    public bool? Idempotent { get; init; }

    /// <summary>
    /// Whether it deals with the world outside, such as the web, rather than with what belongs to the plugin; where nothing is said, a host
    /// supposes that it does.
    /// </summary>
    public bool? OpenWorld { get; init; }
}
