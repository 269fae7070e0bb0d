using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>An exchange in memory: the peer has sent some bytes, and sees what comes back.</summary>
/// <param name="incoming">What the peer sends.</param>
internal sealed class MemoryExchange(Stream incoming) : Exchange
{
    private readonly MemoryStream _outgoing = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MemoryExchange(PluginRequest request)
        : this(new MemoryStream(Frame(request)))
    {
    }

    public override Stream Incoming => incoming;

    /// <summary>Set to keep writes from completing.</summary>
    public Task WritesBlockedBy { get; init; } = Task.CompletedTask;

    public bool Completed { get; private set; }

    /// <summary>Completes with the end of the answer.</summary>
    public Task Ended => _ended.Task;

    public bool Aborted { get; private set; }

    public int Writes { get; private set; }

    /// <summary>All responses that were sent.</summary>
    public async Task<List<PluginResponse>> ResponsesAsync()
    {
        var responses = new List<PluginResponse>();
        _outgoing.Position = 0;
        while (_outgoing.Position < _outgoing.Length)
        {
            responses.Add(await MessageFraming.ReadAsync(_outgoing, PluginResponse.Parser));
        }

        return responses;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken)
    {
        await (await Task.WhenAny(WritesBlockedBy, _aborted.Task).WaitAsync(cancellationToken));
        Assert.That(Completed, Is.False, "nothing may follow the end");
        _outgoing.Write(data.Span);
        Completed = completeWrites;
        Writes++;
        if (completeWrites)
        {
            _ended.SetResult();
        }
    }

    public override void Abort()
    {
        Aborted = true;
        _aborted.TrySetException(new IOException("the exchange was aborted"));
        incoming.Dispose();
    }

    public override ValueTask DisposeAsync() => incoming.DisposeAsync();

    public static byte[] Frame(IMessage message)
    {
        using PooledBuffer frame = MessageWriter.Encode(message);
        return frame.Span.ToArray();
    }
}
