using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Processes;

/// <summary>Takes a few requests and gives each the answer that a test says.</summary>
internal sealed class FakeOrchestrator(RegistrationResult answer) : IAsyncDisposable
{
    /// <summary>How many requests it answers.</summary>
    public int Answers { get; init; } = 1;

    /// <summary>What it waits for before it answers.</summary>
    public Task Hold { get; init; } = Task.CompletedTask;

    private readonly TaskCompletionSource<PluginRequest> _request = new();
    private TcpTransportListener? _listener;

    public Task<PluginRequest> Request => _request.Task;

    public async Task<string> ListenAsync()
    {
        _listener = await TcpTransportListener.BindAsync("localhost:0", false, default);
        _ = ServeAsync(_listener);
        return _listener.LocalEndPoint.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _listener!.DisposeAsync();
    }

    private async Task ServeAsync(TcpTransportListener listener)
    {
        for (int left = Answers; left > 0;)
        {
            await using TransportConnection connection = await listener.AcceptAsync(default);
            Exchange exchange = (await connection.AcceptExchangeAsync(default))!;
            using PooledBuffer? received = await MessageReader.ReadAsync(exchange.Incoming, default);
            if (received is { } payload)
            {
                PluginRequest request = PluginRequest.Parser.ParseFrom(payload.Span);
                var response = new PluginResponse { RequestId = request.RequestId, Register = answer };
                await Hold;
                await exchange.WriteAsync(MemoryExchange.Frame(response), completeWrites: true, default);
                _request.TrySetResult(request);
                left--;
            }
        }
    }
}
