namespace Orchestra.Sdk.Generators.Model;

/// <summary>All that is generated of one plugin class. Equal models give equal sources.</summary>
internal sealed record PluginModel(
    TypeLocation Type,
    ManifestModel Manifest,
    SchemaProfile Profile,
    EquatableArray<ToolModel> Tools,
    EquatableArray<PromptModel> Prompts,
    EquatableArray<EventModel> Events,
    TypeTable Types)
{
    /// <summary>How names are made, for who calls the plugin.</summary>
    public NamingPair Names { get; init; } = NamingPair.Default;
}

/// <summary>Where the generated half of a class goes.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Declarations">From the outermost type to the class itself, each such as <c>partial class Greeter</c>.</param>
/// <param name="FullName">Such as <c>global::Demo.Greeter</c>.</param>
/// <param name="HintName">Unique in the compilation, such as <c>Demo.Greeter</c>.</param>
internal sealed record TypeLocation(
    string Namespace,
    EquatableArray<string> Declarations,
    string FullName,
    string HintName);

/// <summary>What the plugin says of itself.</summary>
internal sealed record ManifestModel(
    string Id,
    string Version,
    string Description,
    string Author,
    EquatableArray<string> ProvidesStorage,
    EquatableArray<string> ProvidesTransport,
    EquatableArray<string> ProvidesAI,
    EquatableArray<string> NeedsStorage,
    EquatableArray<string> NeedsEvents,
    EquatableArray<string> NeedsAI,
    EquatableArray<string> NeedsTools);
