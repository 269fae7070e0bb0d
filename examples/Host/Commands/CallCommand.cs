using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>call PLUGIN TOOL JSON</c>: calls a tool and prints its answer.</summary>
internal sealed record CallCommand(HostOptions Options, string Plugin, string Tool, Struct Arguments) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        Orchestrator.RunAsync(Options, Plugin, async session =>
        {
            ToolResponse answer = await session.Connection.CallToolAsync(Tool, Arguments, cancellationToken);
            Console.WriteLine(JsonText.Format(answer));
            if (!answer.Success)
            {
                Failure.Report(Tool, answer.ErrorCode, answer.ErrorMessage);
            }

            return answer.Success;
        }, cancellationToken);
}
