namespace Orchestra.Sdk;

/// <summary>
/// Makes a method of a <see cref="PluginAttribute">[Plugin]</see> class a tool. Its parameters become the tool's JSON Schema
/// and are checked against it before the method runs.
/// A plugin has those of its base classes and interfaces as well.
/// </summary>
/// <example>
/// <code>
/// using System.ComponentModel.DataAnnotations;
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Find files by a part of their name.&lt;/summary&gt;
/// /// &lt;param name="name"&gt;What the name must have in it.&lt;/param&gt;
/// /// &lt;param name="limit"&gt;How many at the most.&lt;/param&gt;
/// [Tool(Title = "Find files", ReadOnly = true)]
/// public static IReadOnlyList&lt;string&gt; FindFiles([Length(1, 100)] string name, [Range(1, 500)] int limit = 50) =&gt;
///     [.. Directory.EnumerateFiles(".", $"*{name}*").Take(limit)];
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolAttribute : Attribute
{
    /// <summary>
    /// The tool's name, 1 to 64 letters, digits, <c>_</c> and <c>-</c>; by default the method's name in snake_case without
    /// <c>Async</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the tool does and when to use it, for the model; by default the method's XML summary.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// True to refuse what is otherwise taken: names in the wrong case, objects and arrays sent as JSON text, and numbers and
    /// booleans sent as strings.
    /// </summary>
    public bool Strict { get; set; }

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
