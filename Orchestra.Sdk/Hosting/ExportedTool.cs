using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A tool of an <see cref="ExportedPlugin"/>, which does not stream: what a host shows of it, and its call.</summary>
public sealed class ExportedTool
{
    private readonly ToolDefinition _definition;
    private readonly OrchestratorClient _client;

    internal ExportedTool(ToolDefinition definition, OrchestratorClient client) => (_definition, _client) = (definition, client);

    /// <summary>Its name, by which it is called.</summary>
    public string Name => _definition.Name;

    /// <summary>What it does, for the model; empty where the plugin says nothing.</summary>
    public string Description => _definition.Description;

    /// <summary>The JSON Schema of its arguments, of type object. A copy of its own.</summary>
    public Struct Schema => _definition.InputSchema?.Clone() ?? new Struct();

    /// <summary>Calls it, with the checks and limits of a call over a network.</summary>
    /// <param name="arguments">Its arguments; none when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer. That the tool failed is said in it.</returns>
    /// <exception cref="OrchestratorException">The plugin has ended.</exception>
    public Task<ToolResponse> CallAsync(Struct? arguments, CancellationToken cancellationToken = default) =>
        _client.CallToolAsync(Name, arguments, cancellationToken);
}
