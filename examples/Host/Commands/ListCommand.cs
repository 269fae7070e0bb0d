using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>list PLUGIN</c>: prints the tools.</summary>
internal sealed record ListCommand(HostOptions Options, string Plugin) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        Orchestrator.RunAsync(Options, Plugin, session =>
        {
            Console.WriteLine(JsonText.Format(new ListToolsResponse { Tools = { session.Tools } }));
            return Task.FromResult(true);
        }, cancellationToken);
}
