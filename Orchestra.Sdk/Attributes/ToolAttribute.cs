namespace Orchestra.Sdk;

/// <summary>
/// Makes a method of a <see cref="PluginAttribute">[Plugin]</see> class a tool. Its parameters become the tool's JSON Schema
/// and are checked against it before the method runs.
/// A plugin has those of its base classes and interfaces as well.
/// </summary>
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
}
