using System.CommandLine;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>prompt PLUGIN NAME KEY=VALUE…</c></summary>
internal static class PromptCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> plugin = CommandParts.Plugin();
        var name = new Argument<string>("NAME") { Description = "the prompt's name" };
        Argument<string[]> pairs = CommandParts.Pairs();
        return new Command("prompt", "gets a prompt and prints it") { plugin, name, pairs }.Does(
            options, plugin, (parsed, ensemble, cancellationToken) => PromptAction.RunAsync(
                ensemble, parsed.GetRequiredValue(name), KeyValues.Parse(parsed.GetValue(pairs) ?? []), cancellationToken));
    }
}
