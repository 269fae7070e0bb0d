using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A prompt of an <see cref="ExportedPlugin"/>: what a host shows of it, and what gets it.</summary>
public sealed class ExportedPrompt
{
    private readonly PromptDefinition _definition;
    private readonly OrchestratorClient _client;

    internal ExportedPrompt(PromptDefinition definition, OrchestratorClient client) => (_definition, _client) = (definition, client);

    /// <summary>Its name, by which it is asked for.</summary>
    public string Name => _definition.Name;

    /// <summary>What it is for; empty where the plugin says nothing.</summary>
    public string Description => _definition.Description;

    /// <summary>Its arguments, in their order. Copies of their own.</summary>
    public IReadOnlyList<PromptArgument> Arguments => _definition.Clone().Arguments;

    /// <summary>Gets it.</summary>
    /// <param name="arguments">Its arguments; none when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The prompt. Where arguments are missing or wrong it has no messages, and a description that says which.</returns>
    /// <exception cref="OrchestratorException">The plugin has ended.</exception>
    public Task<PromptGetResponse> GetAsync(
        IEnumerable<KeyValuePair<string, string>>? arguments = null, CancellationToken cancellationToken = default) =>
        _client.GetPromptAsync(Name, arguments ?? [], cancellationToken);
}
