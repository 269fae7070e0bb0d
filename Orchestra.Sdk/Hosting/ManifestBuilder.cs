using System.Buffers;
using Google.Protobuf.Collections;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>Makes a plugin's manifest.</summary>
public sealed class ManifestBuilder
{
    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    private readonly PluginManifest _manifest;

    /// <summary>Begins a manifest.</summary>
    /// <param name="id">
    /// The plugin's id, 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, which begins with a letter or digit.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is no such id.</exception>
    public ManifestBuilder(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAnyExcept(IdCharacters) || !char.IsAsciiLetterOrDigit(id[0]))
        {
            throw new ArgumentException(
                $"{QuotedName.Of(id)} is no plugin id: it must be 1 to 64 letters a-z, A-Z, digits, '.', '_' and '-', " +
                "and begin with a letter or digit",
                nameof(id));
        }

        _manifest = new PluginManifest { Id = id, Version = "0.0.0", Language = "csharp" };
    }

    internal ManifestBuilder(PluginManifest manifest) => _manifest = manifest.Clone();

    /// <summary>The version; <c>0.0.0</c> when it is not set.</summary>
    /// <param name="version">The text.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder Version(string version)
    {
        _manifest.Version = version;
        return this;
    }

    /// <summary>Who made the plugin.</summary>
    /// <param name="author">The text.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder Author(string author)
    {
        _manifest.Author = author;
        return this;
    }

    /// <summary>One line for people.</summary>
    /// <param name="description">The text.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder Description(string description)
    {
        _manifest.Description = description;
        return this;
    }

    /// <summary>The file that an orchestrator starts.</summary>
    /// <param name="binary">The text.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder Binary(string binary)
    {
        _manifest.Binary = binary;
        return this;
    }

    /// <summary>Names of tools. Those that are registered are added by themselves.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesTools(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesTools, names);

    /// <summary>Names of prompts. Those that are registered are added by themselves.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesPrompts(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesPrompts, names);

    /// <summary>Topics of events that the plugin publishes.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesEvents(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesEvents, names);

    /// <summary>Storage types that the plugin serves, such as <c>markdown</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesStorage(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesStorage, names);

    /// <summary>Transports that the plugin serves, such as <c>stdio</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesTransport(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesTransport, names);

    /// <summary>AI providers that the plugin serves, such as <c>claude</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder ProvidesAI(params ReadOnlySpan<string> names) => Add(_manifest.ProvidesAi, names);

    /// <summary>Storage types that the plugin uses.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder NeedsStorage(params ReadOnlySpan<string> names) => Add(_manifest.NeedsStorage, names);

    /// <summary>Topics that the orchestrator subscribes the plugin to.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder NeedsEvents(params ReadOnlySpan<string> names) => Add(_manifest.NeedsEvents, names);

    /// <summary>AI providers that the plugin uses.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder NeedsAI(params ReadOnlySpan<string> names) => Add(_manifest.NeedsAi, names);

    /// <summary>Tools of other plugins that the plugin calls.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder NeedsTools(params ReadOnlySpan<string> names) => Add(_manifest.NeedsTools, names);

    /// <summary>Arguments with which an orchestrator starts the binary.</summary>
    /// <param name="arguments">What to add.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder Arguments(params ReadOnlySpan<string> arguments) => Add(_manifest.Args, arguments);

    /// <summary>A variable of the environment in which an orchestrator starts the binary.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public ManifestBuilder EnvironmentVariable(string name, string value)
    {
        _manifest.Env[name] = value;
        return this;
    }

    /// <summary>Ends the building.</summary>
    /// <returns>The manifest, which later changes to the builder do not reach.</returns>
    public PluginManifest Build() => _manifest.Clone();

    /// <summary>Writes what <c>--manifest</c> prints.</summary>
    /// <returns>One line of UTF-8 JSON, without its line break.</returns>
    public byte[] ToJson() => ManifestJsonWriter.Write(_manifest);

    // A name that stands there already is not added again.
    private ManifestBuilder Add(RepeatedField<string> list, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            if (!list.Contains(name))
            {
                list.Add(name);
            }
        }

        return this;
    }
}
