using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>A peer in memory: answers each request with the bytes that a test says, or never.</summary>
internal sealed class MemoryTransport(Func<PluginRequest, byte[]?> answer) : ClientTransport
{
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<AnsweringExchange> Exchanges { get; } = [];

    public AnsweringExchange? Last => Exchanges.LastOrDefault();

    public bool Disposed { get; private set; }

    public override Task<string> Lost => _lost.Task;

    /// <summary>A peer that answers every request with the response that a test says.</summary>
    public static MemoryTransport Answering(Func<PluginRequest, PluginResponse> answer) => new(request =>
    {
        PluginResponse response = answer(request);
        response.RequestId = request.RequestId;
        return MemoryExchange.Frame(response);
    });

    /// <summary>As if the connection broke: nothing more comes on any exchange, and none can be opened.</summary>
    public void Break(string reason)
    {
        Exchanges.ForEach(static exchange => exchange.Break());
        _lost.TrySetResult(reason);
    }

    public override ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_lost.Task.IsCompleted)
        {
            throw new IOException(_lost.Task.Result);
        }

        var exchange = new AnsweringExchange(answer);
        Exchanges.Add(exchange);
        return new(exchange);
    }

    public override ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}

/// <summary>One exchange of a <see cref="MemoryTransport"/>.</summary>
internal sealed class AnsweringExchange(Func<PluginRequest, byte[]?> answer) : Exchange
{
    private Stream _incoming = Stream.Null;

    /// <summary>What was sent.</summary>
    public PluginRequest? Request { get; private set; }

    public bool Completed { get; private set; }

    public bool Aborted { get; private set; }

    public override Stream Incoming => _incoming;

    /// <summary>As a peer that vanishes.</summary>
    public void Break() => (_incoming as OpenStream)?.Break();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken)
    {
        Request = await MessageFraming.ReadAsync(new MemoryStream(data.ToArray()), PluginRequest.Parser, cancellationToken);
        _incoming = answer(Request) is { } bytes ? new MemoryStream(bytes) : new OpenStream([]);
        Completed = completeWrites;
    }

    public override void Abort() => Aborted = true;

    public override ValueTask DisposeAsync() => _incoming.DisposeAsync();
}
