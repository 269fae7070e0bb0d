using System.ComponentModel.DataAnnotations;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Notes;

/// <summary>What the plugins beside this one offer, and notes made of it.</summary>
public sealed partial class NotesPlugin
{
    /// <summary>Tell what the orchestrator and its other plugins offer.</summary>
    [Tool(ReadOnly = true)]
    public static async Task<Neighbors> ListNeighborsAsync(ToolContext context, CancellationToken cancellationToken)
    {
        OrchestratorClient orchestrator = OrchestratorOf(context);
        HealthResult health = await orchestrator.HealthAsync(cancellationToken);
        IReadOnlyList<ToolDefinition> tools = await orchestrator.ListToolsAsync(cancellationToken);
        IReadOnlyList<PromptDefinition> prompts = await orchestrator.ListPromptsAsync(cancellationToken);
        return new Neighbors(health.Message, [.. tools.Select(tool => tool.Name)], [.. prompts.Select(prompt => prompt.Name)]);
    }

    /// <summary>Write a note of what a prompt says.</summary>
    /// <param name="prompt">The prompt's name, as list_neighbors tells it.</param>
    /// <param name="arguments">The prompt's arguments.</param>
    [Tool]
    public async Task<Note> CreateFromPromptAsync(
        [Length(1, 64)] string prompt,
        ToolContext context,
        IReadOnlyDictionary<string, string>? arguments = null,
        CancellationToken cancellationToken = default)
    {
        PromptGetResponse answer = await OrchestratorOf(context).GetPromptAsync(prompt, arguments, cancellationToken);
        if (answer.Messages.Count == 0)
        {
            throw new ToolException("no_prompt", answer.Description);
        }

        string text = string.Join("\n\n", answer.Messages.Select(message => message.Content.Text));
        return await CreateAsync(new NoteDraft(prompt, text, ["prompt"]), context.Orchestrator, context.Logger, cancellationToken);
    }

    /// <summary>Write a note of the beginning of what a streaming tool gives.</summary>
    /// <param name="tool">The tool's name, as list_neighbors tells it.</param>
    /// <param name="arguments">The tool's arguments, a JSON object.</param>
    /// <param name="bytes">How much of it.</param>
    [Tool]
    public async Task<Note> ClipStreamAsync(
        [Length(1, 64)] string tool,
        ToolContext context,
        [MaxLength(10_000)] string arguments = "{}",
        [Range(1, 50_000)] int bytes = 1000,
        CancellationToken cancellationToken = default)
    {
        var clip = new MemoryStream();
        IAsyncEnumerable<StreamChunk> chunks = OrchestratorOf(context)
            .StreamToolAsync(tool, Struct.Parser.ParseJson(arguments), cancellationToken);
        await foreach (StreamChunk chunk in chunks)
        {
            clip.Write(chunk.Data.Span);
            if (clip.Length >= bytes)
            {
                // To leave early cancels the stream.
                break;
            }
        }

        clip.SetLength(Math.Min(clip.Length, bytes));
        var draft = new NoteDraft(tool, Encoding.UTF8.GetString(clip.ToArray()), ["clip"]);
        return await CreateAsync(draft, context.Orchestrator, context.Logger, cancellationToken);
    }
}
