namespace Orchestra.Sdk;

/// <summary>
/// Makes a method of a <see cref="PluginAttribute">[Plugin]</see> class a tool whose answer comes in chunks, one for each item of the
/// <see cref="IAsyncEnumerable{T}"/> that it returns. A peer that reads slowly keeps the method waiting; one that calls it as a plain
/// tool gets all chunks joined.
/// A plugin has those of its base classes and interfaces as well.
/// </summary>
/// <example>
/// <code>
/// using System.Runtime.CompilerServices;
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Count down to zero.&lt;/summary&gt;
/// /// &lt;param name="from"&gt;Where to begin.&lt;/param&gt;
/// [StreamingTool]
/// public static async IAsyncEnumerable&lt;string&gt; CountDown(int from, [EnumeratorCancellation] CancellationToken cancellationToken)
/// {
///     for (int i = from; i &gt;= 0; i--)
///     {
///         yield return $"{i}\n";
///         await Task.Delay(1000, cancellationToken);
///     }
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamingToolAttribute : Attribute
{
    /// <summary>
    /// The tool's name, 1 to 64 letters, digits, <c>_</c> and <c>-</c>; by default the method's name in snake_case without
    /// <c>Async</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the tool does and when to use it, for the model; by default the method's XML summary.</summary>
    public string? Description { get; set; }

    /// <summary>True to refuse what is otherwise taken, see <see cref="ToolAttribute.Strict"/>.</summary>
    public bool Strict { get; set; }

    /// <summary>
    /// The media type of the chunks; by default <c>text/plain; charset=utf-8</c> for strings, <c>application/octet-stream</c> for
    /// bytes and <c>application/json</c> for everything else.
    /// </summary>
    public string? ContentType { get; set; }

    /// <summary>The tool's name for people, such as <c>Delete a note</c>.</summary>
    public string? Title { get; set; }

    /// <summary>
    /// Whether the tool changes nothing. A host may ask its user less often then. Of this and the hints below, one that is not set says
    /// nothing, which is not the same as setting it to <see langword="false"/>; see <see cref="ToolHints"/>.
    /// </summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether what the tool changes may be lost, rather than only added to.</summary>
    public bool Destructive { get; set; }

    /// <summary>Whether calling the tool again with the same arguments changes nothing more.</summary>
    public bool Idempotent { get; set; }

    /// <summary>Whether the tool deals with the world outside, such as the web, rather than with what belongs to the plugin.</summary>
    public bool OpenWorld { get; set; }
}
