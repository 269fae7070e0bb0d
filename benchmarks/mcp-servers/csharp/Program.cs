using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<GreetTools>(Arguments.Default.Options);
await builder.Build().RunAsync();

[McpServerToolType]
internal sealed class GreetTools
{
    [McpServerTool(Name = "greet"), Description("Greet someone by name.")]
    public static string Greet([Description("Who to greet.")] string name, [Description("How often.")] int times = 1) =>
        string.Join(' ', Enumerable.Repeat($"Hello, {name}!", times));
}

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class Arguments : JsonSerializerContext;
