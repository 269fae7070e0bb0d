using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Client;

/// <summary>Tools and prompts.</summary>
public sealed partial class OrchestratorClient
{
    /// <summary>Calls a tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Its arguments; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the call up; the peer sees that and cancels it.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="OrchestratorException">The call failed on the way; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<ToolResponse> CallToolAsync(
        string tool, Struct? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var call = new ToolRequest { ToolName = tool, Arguments = arguments, CallerPlugin = PluginId };
        PluginResponse response = await SendAsync(new PluginRequest { ToolCall = call }, cancellationToken).ConfigureAwait(false);
        return response.ToolCall ?? throw _sender.Unexpected("tool_call", response);
    }

    /// <summary>Calls a tool with arguments written as JSON.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellationToken">Gives the call up; the peer sees that and cancels it.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="InvalidProtocolBufferException"><paramref name="arguments"/> is no JSON object.</exception>
    /// <exception cref="OrchestratorException">The call failed on the way; see <see cref="SendAsync"/> for all exceptions.</exception>
    public Task<ToolResponse> CallToolAsync(
        string tool, [StringSyntax(StringSyntaxAttribute.Json)] string arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return CallToolAsync(tool, JsonText.ParseObject(arguments), cancellationToken);
    }

    /// <summary>Calls a tool with arguments that are .NET values.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">
    /// The arguments: <see langword="null"/>, strings, booleans, numbers, dates and times, GUIDs, URIs, bytes (sent as base64), and
    /// sequences and string-keyed dictionaries of these.
    /// </param>
    /// <param name="cancellationToken">Gives the call up; the peer sees that and cancels it.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="ArgumentException">A value is of another type; nothing reflects over it.</exception>
    /// <exception cref="OrchestratorException">The call failed on the way; see <see cref="SendAsync"/> for all exceptions.</exception>
    public Task<ToolResponse> CallToolAsync(
        string tool, IEnumerable<KeyValuePair<string, object?>> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return CallToolAsync(tool, ArgumentValues.ToStruct(arguments), cancellationToken);
    }

    /// <summary>
    /// Calls a streaming tool and reads its chunks as they come. The tool is not asked for more than is taken, and leaving the loop
    /// early cancels it.
    /// </summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Its arguments; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="ToolException">The tool failed, before or after some chunks, or is not there.</exception>
    /// <exception cref="OrchestratorException">The call failed on the way; see <see cref="SendStreamAsync"/> for all exceptions.</exception>
    public IAsyncEnumerable<StreamChunk> StreamToolAsync(
        string tool, Struct? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var start = new StreamStart { ToolName = tool, Arguments = arguments, CallerPlugin = PluginId };
        return ChunksAsync(new PluginRequest { StreamStart = start }, cancellationToken);
    }

    /// <summary>Lists the tools, streaming ones too.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The tools.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<IReadOnlyList<ToolDefinition>> ListToolsAsync(CancellationToken cancellationToken = default)
    {
        PluginResponse response = await SendAsync(
            new PluginRequest { ListTools = new ListToolsRequest() }, cancellationToken).ConfigureAwait(false);
        return response.ListTools?.Tools ?? throw _sender.Unexpected("list_tools", response);
    }

    /// <summary>Lists the prompts.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The prompts.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<IReadOnlyList<PromptDefinition>> ListPromptsAsync(CancellationToken cancellationToken = default)
    {
        PluginResponse response = await SendAsync(
            new PluginRequest { ListPrompts = new ListPromptsRequest() }, cancellationToken).ConfigureAwait(false);
        return response.ListPrompts?.Prompts ?? throw _sender.Unexpected("list_prompts", response);
    }

    /// <summary>Gets a prompt.</summary>
    /// <param name="prompt">Its name.</param>
    /// <param name="arguments">Its arguments; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The prompt; one that is not there has no messages, and a description that says so.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<PromptGetResponse> GetPromptAsync(
        string prompt, IEnumerable<KeyValuePair<string, string>>? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var request = new PromptGetRequest { PromptName = prompt };
        foreach ((string name, string value) in arguments ?? [])
        {
            request.Arguments[name] = value;
        }

        PluginResponse response = await SendAsync(new PluginRequest { PromptGet = request }, cancellationToken).ConfigureAwait(false);
        return response.PromptGet ?? throw _sender.Unexpected("prompt_get", response);
    }

    private async IAsyncEnumerable<StreamChunk> ChunksAsync(
        PluginRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (PluginResponse response in _sender.StreamAsync(request, cancellationToken).ConfigureAwait(false))
        {
            switch (response.ResponseCase)
            {
                case PluginResponse.ResponseOneofCase.StreamChunk:
                    yield return response.StreamChunk;
                    break;
                case PluginResponse.ResponseOneofCase.StreamEnd when response.StreamEnd.Success:
                    break;
                case PluginResponse.ResponseOneofCase.StreamEnd:
                    throw new ToolException(response.StreamEnd.ErrorCode, response.StreamEnd.ErrorMessage);
                default:
                    throw _sender.Unexpected("stream_start", response);
            }
        }
    }
}
