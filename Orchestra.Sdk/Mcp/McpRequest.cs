using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>A request that is being answered. It has one end: an answer, or that the client does not want one any more.</summary>
/// <param name="owner">Answers it.</param>
/// <param name="handler">Makes the answer.</param>
/// <param name="id">What the answer is known by.</param>
/// <param name="method">What is asked.</param>
/// <param name="era">How it is to be answered.</param>
/// <param name="meta">What its <c>_meta</c> says.</param>
/// <param name="answers">Where the answer goes.</param>
/// <param name="outer">Cancels it.</param>
internal sealed class McpRequest(
    MessageHandler owner,
    McpHandler handler,
    RequestId id,
    string method,
    ProtocolEra era,
    RequestMeta meta,
    IMessageSink answers,
    CancellationToken outer) : IThreadPoolWorkItem, IDisposable
{
    private readonly LinkedCancellation _cancellation = new(outer);
    private PooledBuffer? _params;
    private ByteShare? _budget;
    private long _counted;
    private bool _isKept;
    private int _ended;

    public RequestId Id => id;

    public string Method => method;

    public ProtocolEra Era => era;

    public RequestMeta Meta => meta;

    public IMessageSink Answers => answers;

    /// <summary>The object of the params; empty where there are none.</summary>
    /// <exception cref="OverloadedException">There was no room for them.</exception>
    public ReadOnlySpan<byte> Params => _params is { } owned ? owned.Span
        : _isKept ? default
        : throw new OverloadedException([]);

    /// <summary>Canceled when nobody waits for the answer.</summary>
    public CancellationToken Canceled => _cancellation.Token;

    /// <summary>Whether it has its end, so that nothing is to be sent for it.</summary>
    public bool IsEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Keeps a copy of the params, whose bytes are soon those of the next message.</summary>
    public void Keep(ReadOnlySpan<byte> parameters, ByteShare budget)
    {
        long counted = MessageReader.CountedOf(parameters.Length);
        _isKept = budget.TryTake(counted);
        if (_isKept && !parameters.IsEmpty)
        {
            (_budget, _counted) = (budget, counted);
            var copy = PooledBuffer.Rent(parameters.Length);
            parameters.CopyTo(copy.Span);
            _params = copy;
        }
    }

    /// <summary>Takes the right to end it; false when somebody has.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;

    /// <summary>Answers it, on a thread of the pool.</summary>
    public void Execute() => _ = owner.AnswerAsync(this, handler);

    public Task CancelAsync() => _cancellation.CancelSafelyAsync();

    public void Dispose()
    {
        _budget?.Release(_counted);
        _budget = null;
        _params?.Dispose();
        _params = null;
        _cancellation.Dispose();
    }
}
