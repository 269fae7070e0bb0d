using System.Diagnostics;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary>Without arguments: shows a newcomer what passes between a host and a plugin, with Greeter.</summary>
internal sealed record DemonstrationCommand(HostOptions Options) : ICommand
{
    private const string Indent = "   ";

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Screen.Line("A plugin is a program of its own: a host starts it, asks what it can do, and calls it.");
        Screen.Line("This is the life of one, examples/Greeter.");

        Step("1. Build and start it");
        Detail("building, which takes a while the first time …");
        var clock = Stopwatch.StartNew();
        string greeter = Repository.Find("examples/Greeter");
        PluginProgram program = await PluginLocator.LocateAsync(greeter, TextWriter.Null, cancellationToken);
        Detail($"built in {Since(clock)}; starting: {program}");
        clock.Restart();
        await using PluginSession session = await PluginSession.StartAsync(program, Options, cancellationToken);
        Detail($"it said READY {session.Address} on its stderr, and the host dialed that: {Since(clock)}");

        Step("2. Get to know it: register, boot, list_tools");
        clock.Restart();
        await session.IntroduceAsync(cancellationToken);
        Detail($"registered, ready, and its {(session.Tools is [_] ? "tool" : "tools")} listed: {Since(clock)}");
        session.Tools.ToList().ForEach(ShowTool);

        Step("3. Call a tool");
        bool answered = await CallAsync(session, "greet", """{"name":"Ada","times":2}""", cancellationToken);

        Step("4. Call it badly");
        Detail("models make mistakes; one answer names them all, so that the next call can be right");
        bool refused = !await CallAsync(session, "greet", """{"nam":"Ada","times":99}""", cancellationToken);

        Step("5. Shut it down");
        Farewell farewell = await session.EndAsync(cancellationToken);
        string ending = $"it answered after {Text(farewell.Answered)} and was gone after {Text(farewell.Ended)}, exit code 0";
        Detail(farewell.Problem ?? ending);

        Step("Your turn");
        Detail("dotnet run --project examples/Host -- list examples/Greeter");
        Detail("""dotnet run --project examples/Host -- call examples/Greeter greet '{"name":"you"}'""");
        return answered && refused && farewell.Problem is null;
    }

    private static void ShowTool(ToolDefinition tool)
    {
        Screen.Line();
        Screen.Line($"{Indent}{TerminalText.Clean(tool.Name)} - {TerminalText.Clean(tool.Description)}", ConsoleColor.Yellow);
        foreach (string argument in SchemaText.Describe(tool.InputSchema))
        {
            Detail($"  {TerminalText.Clean(argument)}");
        }
    }

    private static async Task<bool> CallAsync(
        PluginSession session, string tool, string arguments, CancellationToken cancellationToken)
    {
        Screen.Line($"{Indent}> {tool} {arguments}", ConsoleColor.Yellow);
        var clock = Stopwatch.StartNew();
        ToolResponse answer = await session.CallToolAsync(tool, JsonText.ParseObject(arguments), cancellationToken);
        string took = Since(clock);
        if (answer.Success)
        {
            Screen.Line($"{Indent}< {JsonText.Format(answer)}", ConsoleColor.Green);
        }
        else
        {
            Screen.Line($"{Indent}< {TerminalText.Clean(answer.ErrorCode)}", ConsoleColor.Red);
            Screen.Line(TerminalText.Indent(answer.ErrorMessage, $"{Indent}  "), ConsoleColor.Red);
        }

        Detail($"({took})");
        return answer.Success;
    }

    private static void Step(string title)
    {
        Screen.Line();
        Screen.Line(title, ConsoleColor.Cyan);
    }

    private static void Detail(string text) => Screen.Line(Indent + text);

    private static string Since(Stopwatch clock) => Text(clock.Elapsed);

    private static string Text(TimeSpan time) =>
        time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.0} s" : $"{time.TotalMilliseconds:0.0} ms";
}
