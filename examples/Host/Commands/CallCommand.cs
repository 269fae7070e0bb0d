using System.CommandLine;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>call PLUGIN TOOL ARGUMENTS…</c>, and <c>stream</c>, which prints the chunks of a streaming tool as they come.</summary>
internal static class CallCommand
{
    public static Command Create(GlobalOptions options) =>
        Create("call", "calls a tool and prints its answer", options, CallAction.RunAsync);

    public static Command CreateStream(GlobalOptions options) =>
        Create("stream", "calls a streaming tool and prints its chunks as they come", options, StreamAction.RunAsync);

    private static Command Create(
        string name, string description, GlobalOptions options,
        Func<Orchestration.Ensemble, string, ArgumentWords, CancellationToken, Task<bool>> action)
    {
        Argument<string> plugin = CommandParts.Plugin();
        Argument<string> tool = CommandParts.Tool();
        Argument<string[]> words = CommandParts.Arguments(ArgumentArity.OneOrMore);
        return new Command(name, description) { plugin, tool, words }.Does(options, plugin, (parsed, ensemble, cancellationToken) =>
            action(ensemble, parsed.GetRequiredValue(tool), ArgumentWords.Parse(parsed.GetRequiredValue(words)), cancellationToken));
    }
}
