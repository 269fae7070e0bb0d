using System.Diagnostics;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Calls a tool and prints its answer.</summary>
internal static class CallAction
{
    /// <returns>False when the tool failed.</returns>
    public static async Task<bool> RunAsync(
        Ensemble ensemble, string tool, ArgumentWords arguments, CancellationToken cancellationToken)
    {
        PluginSession plugin = ensemble.FindTool(tool);
        var clock = Stopwatch.StartNew();
        ToolResponse answer = await plugin.Connection.CallToolAsync(
            tool, arguments.ToStruct(SchemaOf(ensemble, tool)), cancellationToken);
        ensemble.Options.Printer.Print(answer, clock);
        if (!answer.Success)
        {
            Failure.Report(ensemble, tool, answer.ErrorCode, answer.ErrorMessage);
        }

        return answer.Success;
    }

    /// <summary>The schema of a tool; null of one that there is not.</summary>
    public static Google.Protobuf.WellKnownTypes.Struct? SchemaOf(Ensemble ensemble, string tool) =>
        ensemble.Tools.LastOrDefault(definition => definition.Name == tool)?.InputSchema;
}
