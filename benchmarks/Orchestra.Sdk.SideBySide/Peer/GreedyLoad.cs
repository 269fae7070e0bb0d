using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>A client with a valid certificate that takes all it can get, until the time is over.</summary>
internal sealed class GreedyLoad(string address, PluginCertificate certificate, TimeSpan time)
{
    public const string Nothing = "nothing, and only computes";
    public const string Streams = "10,000 streams on 256 connections";
    public const string Unread = "answers that nobody reads";
    public const string Large = "requests of 16 MiB";

    private const int Connections = 256;
    private const int StreamsOfConnection = 40;
    private const int UnreadOfConnection = 50;
    private const int UnreadConnections = 8;
    private const int LargeCallers = 8;
    private const int UnreadSize = 1400 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _answered;
    private long _refused;
    private int _connected;

    public async Task<JsonObject> RunAsync(string kind)
    {
        await (kind switch
        {
            Nothing => Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(Compute))),
            Streams => MakeStreamsAsync(),
            Unread => Task.WhenAll(Enumerable.Range(0, UnreadConnections).Select(_ => Task.Run(LeaveUnreadAsync))),
            Large => MakeLargeAsync(),
            _ => throw new ArgumentException($"there is no load {kind}"),
        });
        return new JsonObject { ["connections"] = _connected, ["answered"] = _answered, ["refused"] = _refused };
    }

    private bool IsOver => Stopwatch.GetElapsedTime(_started) >= time;

    private void Compute()
    {
        while (!IsOver)
        {
            Thread.SpinWait(1000);
        }
    }

    private async Task MakeStreamsAsync()
    {
        var connections = new List<Task>();
        for (int i = 0; i < Connections; i++)
        {
            if (await TryConnectAsync() is { } client)
            {
                connections.Add(Task.WhenAll(Enumerable.Range(0, StreamsOfConnection).Select(_ => Task.Run(() => CallAsync(client, size: 100)))));
            }
        }

        await Task.WhenAll(connections);
    }

    private async Task MakeLargeAsync()
    {
        OrchestratorClient client = await TryConnectAsync() ?? throw new IOException("not even one connection");

        // As much of it as a message takes.
        await Task.WhenAll(Enumerable.Range(0, LargeCallers).Select(_ => Task.Run(() => CallAsync(client, (16 * 1024 * 1024) - 200))));
    }

    private async Task<OrchestratorClient?> TryConnectAsync()
    {
        try
        {
            OrchestratorClient client = await OrchestratorClient.ConnectAsync(address, certificate, new OrchestratorClientOptions { Reconnect = false });
            _connected++;
            return client;
        }
        catch (OrchestratorException)
        {
            return null;
        }
    }

    private async Task CallAsync(OrchestratorClient client, int size)
    {
        PluginRequest request = Request(size);
        while (!IsOver)
        {
            try
            {
                PluginResponse response = await client.SendAsync(request);
                Interlocked.Increment(ref response.ToolCall.Success ? ref _answered : ref _refused);
            }
            catch (OrchestratorException)
            {
                Interlocked.Increment(ref _refused);
                await Task.Delay(10);
            }
        }
    }

    private async Task LeaveUnreadAsync()
    {
        using PooledBuffer request = MessageWriter.Encode(Request(UnreadSize));
        await using ClientTransport connection = await QuicClientTransport.ConnectAsync(
            NetworkAddress.Parse(address), certificate, QuicSettings.AnswerTimeout, default);
        Interlocked.Increment(ref _connected);
        var exchanges = new List<Exchange>();
        for (int i = 0; i < UnreadOfConnection; i++)
        {
            Exchange exchange = await connection.OpenExchangeAsync(default);
            await exchange.WriteAsync(request.Memory, completeWrites: true, default);
            exchanges.Add(exchange);
        }

        while (!IsOver)
        {
            await Task.Delay(10);
        }
    }

    private static PluginRequest Request(int size) => new()
    {
        RequestId = "greedy",
        ToolCall = new ToolRequest { ToolName = "echo", Arguments = ToolResult.Text(new string('x', size)).ToResponse().Result },
    };
}
