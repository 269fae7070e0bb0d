using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>call PLUGIN TOOL JSON</c>: calls a tool and prints its answer.</summary>
internal sealed record CallCommand(HostOptions Options, string Plugin, string Tool, Struct Arguments) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        PluginSession.RunAsync(Plugin, Options, async session =>
        {
            ToolResponse answer = await session.CallToolAsync(Tool, Arguments, cancellationToken);
            Console.WriteLine(JsonText.Format(answer));
            if (!answer.Success)
            {
                Console.Error.WriteLine($"{Tool} failed with {answer.ErrorCode}:");
                Console.Error.WriteLine(TerminalText.Indent(answer.ErrorMessage, "  "));
            }

            return answer.Success;
        }, cancellationToken);
}
