using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>stream PLUGIN TOOL JSON</c>: calls a streaming tool and prints its chunks as they come.</summary>
internal sealed record StreamCommand(HostOptions Options, string Plugin, string Tool, Struct Arguments) : ICommand
{
    private const string Json = "application/json";

    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        Orchestrator.RunAsync(Options, Plugin, async session =>
        {
            await using Stream output = Console.OpenStandardOutput();
            try
            {
                await foreach (StreamChunk chunk in session.Connection.StreamToolAsync(Tool, Arguments, cancellationToken))
                {
                    // As it is: text as text, and bytes for whoever they are meant for. Only JSON gets a line of its own, and only a
                    // terminal is protected.
                    await output.WriteAsync(
                        Console.IsOutputRedirected
                            ? chunk.Data.Memory
                            : Encoding.UTF8.GetBytes(TerminalText.Indent(chunk.Data.ToStringUtf8(), "")),
                        cancellationToken);
                    if (chunk.ContentType == Json)
                    {
                        output.WriteByte((byte)'\n');
                    }

                    await output.FlushAsync(cancellationToken);
                }

                return true;
            }
            catch (ToolException exception)
            {
                Failure.Report(Tool, exception.Code, exception.Message);
                return false;
            }
        }, cancellationToken);
}
