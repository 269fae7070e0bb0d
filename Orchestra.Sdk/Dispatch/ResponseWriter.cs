using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Sends the responses to one request as messages of the protocol.</summary>
internal sealed class ResponseWriter(Exchange exchange, PluginServerOptions options, PeerShare share) : IResponseSink, IDisposable
{
    /// <summary>A peer gets the time anew for each so many bytes: one that reads slowly lives, one that does not read at all is cut off.</summary>
    private const int SliceSize = 64 * 1024;

    /// <summary>What is smaller does not count as bytes in flight, and nobody waits for the peer to take it.</summary>
    private const int SmallSize = 16 * 1024;

    private long _held;
    private bool _hasTurn;

    /// <summary>True once this direction of the exchange has ended.</summary>
    public bool Completed { get; private set; }

    /// <summary>Waits for the turn of a request or an answer of so many bytes, see <see cref="LargeMessages"/>.</summary>
    public ValueTask TakeTurnAsync(long size) => size >= LargeMessages.Size && !_hasTurn ? WaitForTurnAsync() : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void LetOthers()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            share.Large.Leave();
        }
    }

    /// <inheritdoc/>
    /// <remarks>The end of the stream goes with the last one.</remarks>
    public ValueTask WriteAsync(PluginResponse response, bool last) => SendOwnedAsync(MessageWriter.Encode(response), last);

    /// <inheritdoc/>
    public ValueTask WriteEncodedAsync(string requestId, int fieldNumber, EncodedMessage content) =>
        SendOwnedAsync(MessageWriter.Encode(new PluginResponse { RequestId = requestId }, fieldNumber, content), last: true);

    /// <summary>Ends this direction if no response has.</summary>
    public ValueTask CompleteAsync() => Completed ? ValueTask.CompletedTask : SendAsync(ReadOnlyMemory<byte>.Empty, last: true);

    /// <inheritdoc/>
    /// <remarks>Until then a call is not over: else a peer that reads no answers could have any number of them kept for it.</remarks>
    public ValueTask DeliverAsync(CancellationToken cancellationToken)
    {
        long left = exchange.Undelivered;
        return left > SmallSize ? DeliverAsync(left, cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Gives back what the last response took of the bytes in flight.</summary>
    public void Dispose()
    {
        LetOthers();
        ReleaseHeld();
    }

    private async ValueTask WaitForTurnAsync() => _hasTurn = await share.Large.EnterAsync().ConfigureAwait(false);

    private void ReleaseHeld()
    {
        share.Bytes.Release(_held);
        _held = 0;
    }

    private async ValueTask DeliverAsync(long left, CancellationToken cancellationToken)
    {
        while (!await exchange.WritesClosed
            .EndsWithinAsync(options.ResponseTimeout, options.TimeProvider, cancellationToken)
            .ConfigureAwait(false))
        {
            long now = exchange.Undelivered;
            if (now <= SmallSize || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (left - now < SliceSize)
            {
                throw NotRead();
            }

            left = now;
        }
    }

    private async ValueTask SendOwnedAsync(PooledBuffer frame, bool last)
    {
        using (frame)
        {
            int counted = frame.Memory.Length > SmallSize ? frame.Memory.Length : 0;
            if (!share.Bytes.TryTake(counted))
            {
                throw new OverloadedException([]);
            }

            _held += counted;
            if (last)
            {
                await TakeTurnAsync(counted).ConfigureAwait(false);
            }

            await SendAsync(frame.Memory, last).ConfigureAwait(false);
            if (!last)
            {
                ReleaseHeld();
            }
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool last) =>
        frame.Length > SliceSize ? SendSlicesAsync(frame, last) : SendSliceAsync(frame, last);

    private async ValueTask SendSlicesAsync(ReadOnlyMemory<byte> frame, bool last)
    {
        for (; frame.Length > SliceSize; frame = frame[SliceSize..])
        {
            await SendSliceAsync(frame[..SliceSize], last: false).ConfigureAwait(false);
        }

        await SendSliceAsync(frame, last).ConfigureAwait(false);
    }

    /// <summary>A slice is usually taken at once: no clock runs for that.</summary>
    private ValueTask SendSliceAsync(ReadOnlyMemory<byte> slice, bool last)
    {
        ValueTask writing = exchange.WriteAsync(slice, last, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            return WaitAsync(writing.AsTask(), slice.Length, last);
        }

        writing.GetAwaiter().GetResult();
        OnSent(slice.Length, last);
        return ValueTask.CompletedTask;
    }

    private async ValueTask WaitAsync(Task writing, int length, bool last)
    {
        if (!await writing.EndsWithinAsync(options.ResponseTimeout, options.TimeProvider).ConfigureAwait(false))
        {
            // What is written from is the caller's again when this returns.
            exchange.Abort();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw NotRead();
        }

        await writing.ConfigureAwait(false);
        OnSent(length, last);
    }

    private void OnSent(int length, bool last)
    {
        Instruments.Sent(length);
        Completed = last;
    }

    private static TimeoutException NotRead() => new("the peer does not read its response");
}
