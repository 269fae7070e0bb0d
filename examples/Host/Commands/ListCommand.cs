using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>list PLUGIN</c>: prints the tools.</summary>
internal sealed record ListCommand(HostOptions Options, string Plugin) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        PluginSession.RunAsync(Plugin, Options, session =>
        {
            Console.WriteLine(JsonText.Format(new ListToolsResponse { Tools = { session.Tools } }));
            return Task.FromResult(true);
        }, cancellationToken);
}
