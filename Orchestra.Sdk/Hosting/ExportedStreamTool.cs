using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A streaming tool of an <see cref="ExportedPlugin"/>: what a host shows of it, and its stream.</summary>
public sealed class ExportedStreamTool
{
    private readonly ToolDefinition _definition;
    private readonly OrchestratorClient _client;

    internal ExportedStreamTool(ToolDefinition definition, OrchestratorClient client) =>
        (_definition, _client) = (definition, client);

    /// <summary>Its name, by which it is called.</summary>
    public string Name => _definition.Name;

    /// <summary>What it does, for the model; empty where the plugin says nothing.</summary>
    public string Description => _definition.Description;

    /// <summary>The JSON Schema of its arguments, of type object. A copy of its own.</summary>
    public Struct Schema => _definition.InputSchema?.Clone() ?? new Struct();

    /// <summary>
    /// Streams it, with the checks and limits of a call over a network. It runs no faster than its chunks are taken, and is canceled
    /// when the loop is left early.
    /// </summary>
    /// <param name="arguments">Its arguments; none when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="ToolException">The tool failed, before or after some chunks.</exception>
    public IAsyncEnumerable<StreamChunk> StreamAsync(Struct? arguments, CancellationToken cancellationToken = default) =>
        _client.StreamToolAsync(Name, arguments, cancellationToken);
}
