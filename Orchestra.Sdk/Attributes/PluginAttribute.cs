namespace Orchestra.Sdk;

/// <summary>
/// Makes a partial class a plugin: the generator writes its manifest, its tools' schemas and the code that calls them.
/// </summary>
/// <param name="id">
/// The plugin's id, unique among the plugins of an orchestrator, such as <c>tools.greet</c>. It also names the plugin's
/// certificate, so it is limited to 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, and begins with a letter or digit.
/// </param>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Keeps a list of what is to be done.&lt;/summary&gt;
/// [Plugin("tools.todo", Author = "Ada", ArgumentNames = NamingPolicy.SnakeCase)]
/// public sealed partial class Todo
/// {
///     /// &lt;summary&gt;Tell how many there are.&lt;/summary&gt;
///     [Tool(ReadOnly = true)]
///     public int Count() =&gt; 0;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginAttribute(string id) : Attribute
{
    /// <summary>The plugin's id.</summary>
    public string Id { get; } = id;

    /// <summary>The plugin's version; by default the assembly's.</summary>
    public string? Version { get; set; }

    /// <summary>One line for people; by default the class's XML summary.</summary>
    public string? Description { get; set; }

    /// <summary>Who made the plugin.</summary>
    public string? Author { get; set; }

    /// <summary>The storage types the plugin serves, such as <c>markdown</c>.</summary>
    public string[] ProvidesStorage { get; set; } = [];

    /// <summary>The transports the plugin serves, such as <c>stdio</c>.</summary>
    public string[] ProvidesTransport { get; set; } = [];

    /// <summary>The AI providers the plugin serves, such as <c>claude</c>.</summary>
    public string[] ProvidesAI { get; set; } = [];

    /// <summary>The storage types the plugin uses.</summary>
    public string[] NeedsStorage { get; set; } = [];

    /// <summary>The topics the orchestrator subscribes the plugin to.</summary>
    public string[] NeedsEvents { get; set; } = [];

    /// <summary>The AI providers the plugin uses.</summary>
    public string[] NeedsAI { get; set; } = [];

    /// <summary>The tools of other plugins that the plugin calls.</summary>
    public string[] NeedsTools { get; set; } = [];

    /// <summary>For which clients the tools' schemas are.</summary>
    public SchemaProfile SchemaProfile { get; set; }

    /// <summary>
    /// How the names of arguments are made, and of the members of their types and of results. By default members are in camelCase, and
    /// parameters as they are written, which is the same by convention. A name that an attribute says stays.
    /// </summary>
    public NamingPolicy ArgumentNames { get; set; } = NamingPolicy.CamelCase;

    /// <summary>
    /// How the names of enum members are made; by default they are as they are written. A name that an attribute says stays.
    /// </summary>
    public NamingPolicy EnumNames { get; set; } = NamingPolicy.AsWritten;
}
