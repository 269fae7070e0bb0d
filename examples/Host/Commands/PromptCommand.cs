using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>prompt PLUGIN NAME key=value…</c>: gets a prompt and prints it.</summary>
internal sealed record PromptCommand(
    HostOptions Options, string Plugin, string Name, IReadOnlyDictionary<string, string> Arguments) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        Orchestrator.RunAsync(Options, Plugin, async session =>
        {
            PromptGetResponse answer = await session.Connection.GetPromptAsync(Name, Arguments, cancellationToken);
            Console.WriteLine(JsonText.Format(answer));

            // The protocol has no other sign of an error than this.
            bool found = answer.Messages.Count > 0;
            if (!found)
            {
                Console.Error.WriteLine(TerminalText.Indent(answer.Description, ""));
            }

            return found;
        }, cancellationToken);
}
