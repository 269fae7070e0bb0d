using System.Diagnostics;
using System.Text;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Calls a streaming tool and prints its chunks as they come.</summary>
internal static class StreamAction
{
    private const string Json = "application/json";

    /// <returns>False when the tool failed.</returns>
    public static async Task<bool> RunAsync(
        Ensemble ensemble, string tool, ArgumentWords arguments, CancellationToken cancellationToken)
    {
        PluginSession plugin = ensemble.FindTool(tool);
        var clock = Stopwatch.StartNew();
        await using Stream output = Console.OpenStandardOutput();
        try
        {
            await foreach (StreamChunk chunk in plugin.Connection.StreamToolAsync(
                tool, arguments.ToStruct(CallAction.SchemaOf(ensemble, tool)), cancellationToken))
            {
                // As it is: text as text, and bytes for whoever they are meant for. Only JSON gets a line of its own, and only a
                // terminal is protected.
                await output.WriteAsync(
                    Screen.HasViewer
                        ? Encoding.UTF8.GetBytes(TerminalText.Indent(chunk.Data.ToStringUtf8(), ""))
                        : chunk.Data.Memory,
                    cancellationToken);
                if (chunk.ContentType == Json)
                {
                    output.WriteByte((byte)'\n');
                }

                await output.FlushAsync(cancellationToken);
            }

            ensemble.Options.Printer.PrintTime(clock);
            return true;
        }
        catch (ToolException exception)
        {
            Failure.Report(ensemble, tool, exception.Code, exception.Message);
            return false;
        }
    }
}
