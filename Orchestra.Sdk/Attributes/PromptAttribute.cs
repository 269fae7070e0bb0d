namespace Orchestra.Sdk;

/// <summary>
/// Makes a method of a <see cref="PluginAttribute">[Plugin]</see> class a prompt: it returns the text or the messages that a host puts
/// before a model. Its parameters become the prompt's arguments.
/// A plugin has those of its base classes and interfaces as well.
/// </summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Review a piece of code.&lt;/summary&gt;
/// /// &lt;param name="code"&gt;What to look at.&lt;/param&gt;
/// [Prompt]
/// public static string Review(string code) =&gt; $"Review this, and name the worst fault first:\n{code}";
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromptAttribute : Attribute
{
    /// <summary>
    /// The prompt's name, 1 to 64 letters, digits, <c>_</c> and <c>-</c>; by default the method's name in snake_case without
    /// <c>Async</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the prompt is for; by default the method's XML summary.</summary>
    public string? Description { get; set; }
}
