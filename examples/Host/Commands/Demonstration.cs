using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary>
/// Without a command: shows a newcomer what passes between a host and its plugins, first with Greeter alone, then with Notes beside it.
/// </summary>
internal sealed class Demonstration(HostOptions options, string repository)
{
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Screen.Line("A plugin is a program of its own: a host starts it, asks what it can do, and calls it.");
        Screen.Line("This is the life of two, examples/Greeter and examples/Notes.");

        DirectoryInfo data = Directory.CreateTempSubdirectory("orchestra-notes-");
        try
        {
            // Not among the notes that somebody may have.
            var config = new Dictionary<string, string> { ["data_dir"] = data.FullName };
            await using Orchestrator orchestrator = await Orchestrator.StartAsync(options, cancellationToken);
            return await ShowAsync(orchestrator, config, cancellationToken);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task<bool> ShowAsync(
        Orchestrator orchestrator, IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        Narration.Step("1. Build and start Greeter");
        PluginSession greeter = await StartAsync(orchestrator, "examples/Greeter", cancellationToken);

        Narration.Step("2. Get to know it: register, boot, list_tools");
        await orchestrator.IntroduceAsync(greeter, config, cancellationToken);
        Narration.ShowTools(greeter.Tools);

        Narration.Step("3. Call a tool");
        bool answered = await CallAsync(greeter, "greet", """{"name":"Ada","times":2}""", cancellationToken) is not null;

        Narration.Step("4. Call it badly");
        Narration.Detail("models make mistakes; one answer names them all, so that the next call can be right");
        bool refused = await CallAsync(greeter, "greet", """{"nam":"Ada","times":99}""", cancellationToken) is null;

        Narration.Step("5. Start Notes beside it");
        PluginSession notes = await StartAsync(orchestrator, "examples/Notes", cancellationToken);
        await orchestrator.IntroduceAsync(notes, config, cancellationToken);
        Narration.ShowNames("tools", notes.Tools.Select(tool => tool.Name));
        Narration.ShowNames("prompts", notes.Prompts.Select(prompt => prompt.Name));
        Narration.ShowNames("storage", notes.Manifest.ProvidesStorage);
        Narration.ShowNames("wants to hear of", notes.Manifest.NeedsEvents);

        Narration.Step("6. One plugin calls the other, through the host");
        Narration.Detail("Notes asks Greeter for the words, and tells everybody that there is a new note");
        var heard = new TaskCompletionSource<EventDelivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        orchestrator.Watch("note.created", delivery => heard.TrySetResult(delivery));
        answered &= await CallAsync(notes, "create_greeting", """{"name":"Grace"}""", cancellationToken) is not null;
        ShowEvent(await notes.WaitForAsync(
            "publish note.created", token => new ValueTask<EventDelivery>(heard.Task.WaitAsync(token)), cancellationToken));

        Narration.Step("7. A tool that streams");
        answered &= await StreamAsync(notes, "export_notes", cancellationToken);

        Narration.Step("8. A prompt, filled with what Notes knows");
        PromptGetResponse prompt = await notes.Connection.GetPromptAsync(
            "summarize", new Dictionary<string, string> { ["tag"] = "greeting" }, cancellationToken);
        Narration.ShowPrompt(prompt);

        Narration.Step("9. Shut them down");
        bool ended = await EndAsync(notes, cancellationToken) & await EndAsync(greeter, cancellationToken);

        Narration.Step("Your turn");
        Narration.Detail("dotnet run --project examples/Host -- list examples/Greeter");
        Narration.Detail("""dotnet run --project examples/Host -- call examples/Greeter greet '{"name":"you"}'""");
        Narration.Detail(
            "dotnet run --project examples/Host -- --with examples/Greeter call examples/Notes create_greeting '{\"name\":\"you\"}'");
        Narration.Detail("dotnet run --project examples/Host -- stream examples/Notes export_notes '{}'");
        Narration.Detail("dotnet run --project examples/Host -- shell examples/Notes");
        return answered && refused && prompt.Messages.Count > 0 && ended;
    }

    private async Task<PluginSession> StartAsync(Orchestrator orchestrator, string folder, CancellationToken cancellationToken)
    {
        Narration.Detail("building it, which can take a minute the first time …");
        var clock = Stopwatch.StartNew();
        PluginProgram program = await PluginLocator.LocateAsync(Path.Combine(repository, folder), cancellationToken);
        Narration.Detail($"built in {Narration.Since(clock)}; starting: {program}");
        clock.Restart();
        PluginSession session = await orchestrator.StartPluginAsync(program, cancellationToken);
        Narration.Detail($"it said READY {session.Address} on its stderr, the host dialed that,");
        Narration.Detail($"and it registered with the host as {session.Manifest.Id}: {Narration.Since(clock)}");
        return session;
    }

    private static async Task<Struct?> CallAsync(
        PluginSession session, string tool, string arguments, CancellationToken cancellationToken)
    {
        Narration.ShowCall(tool, arguments);
        var clock = Stopwatch.StartNew();
        ToolResponse answer = await session.Connection.CallToolAsync(tool, JsonText.ParseObject(arguments), cancellationToken);
        Narration.ShowAnswer(answer, clock);
        return answer.Success ? answer.Result : null;
    }

    private static async Task<bool> StreamAsync(PluginSession session, string tool, CancellationToken cancellationToken)
    {
        Narration.ShowCall(tool, "{}");
        try
        {
            await foreach (StreamChunk chunk in session.Connection.StreamToolAsync(tool, new Struct(), cancellationToken))
            {
                Narration.ShowChunk(chunk.Data.ToStringUtf8());
            }

            return true;
        }
        catch (ToolException exception)
        {
            Narration.Detail($"it failed: {exception.Message}");
            return false;
        }
    }

    private static void ShowEvent(EventDelivery delivery)
    {
        Narration.Detail($"and the host heard the event {delivery.Topic} from {delivery.SourcePlugin}:");
        Narration.Detail(JsonText.Format(delivery.Payload));
    }

    private static async Task<bool> EndAsync(PluginSession session, CancellationToken cancellationToken)
    {
        Farewell farewell = await session.EndAsync(cancellationToken);
        Narration.Detail(farewell.Problem
            ?? $"{session.Name} answered after {Elapsed.Text(farewell.Answered)} " +
            $"and was gone after {Elapsed.Text(farewell.Ended)}, exit code 0");
        return farewell.Problem is null;
    }
}
