using System.Text.Json.Nodes;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>Answers commands, one a line of JSON, until stdin ends: the Go peer's manner.</summary>
internal static class CommandLoop
{
    public static double CpuSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    public static async Task RunAsync(Func<string, JsonNode, Task<JsonObject>> obey)
    {
        await WriteAsync(new JsonObject { ["result"] = new JsonObject() });
        while (await Console.In.ReadLineAsync() is { } line)
        {
            JsonNode command = JsonNode.Parse(line)!;
            try
            {
                await WriteAsync(new JsonObject { ["result"] = await obey((string)command["command"]!, command) });
            }
            catch (Exception exception)
            {
                await WriteAsync(new JsonObject { ["error"] = new JsonObject { ["text"] = exception.ToString() } });
            }
        }
    }

    private static async Task WriteAsync(JsonObject answer)
    {
        await Console.Out.WriteLineAsync(answer.ToJsonString());
        await Console.Out.FlushAsync();
    }
}
