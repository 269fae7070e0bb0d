namespace Orchestra.Quic.Endpoint;

/// <summary>Those who wait for the peer to allow more streams, first come, first served. To be used in a turn.</summary>
internal sealed class StreamOpeners(QuicConnection connection)
{
    private readonly Queue<Opener> _bidirectional = new();
    private readonly Queue<Opener> _unidirectional = new();

    public ValueTask<QuicStream> OpenAsync(bool bidirectional, CancellationToken cancellationToken)
    {
        Queue<Opener> waiting = bidirectional ? _bidirectional : _unidirectional;
        if (waiting.Count == 0 && connection.Driver.Core.TryOpenStream(bidirectional, out long id))
        {
            return ValueTask.FromResult(connection.AddStream(id));
        }

        // Those who gave up need not pile up behind a peer that allows no more.
        while (waiting.TryPeek(out Opener? first) && first.Task.IsCompleted)
        {
            waiting.Dequeue();
        }

        var opener = new Opener(connection.Driver.Gate);
        waiting.Enqueue(opener);
        opener.CancelWith(cancellationToken);

        // Tells the peer what is waited for.
        connection.Driver.Flush();
        return new ValueTask<QuicStream>(opener.Task);
    }

    public void OpenWaiting()
    {
        OpenWaiting(_bidirectional, bidirectional: true);
        OpenWaiting(_unidirectional, bidirectional: false);
    }

    public void Fail(QuicException exception)
    {
        Fail(_bidirectional, exception);
        Fail(_unidirectional, exception);
    }

    private void OpenWaiting(Queue<Opener> waiting, bool bidirectional)
    {
        while (waiting.TryPeek(out Opener? opener))
        {
            if (!opener.Task.IsCompleted)
            {
                if (!connection.Driver.Core.TryOpenStream(bidirectional, out long id))
                {
                    return;
                }

                opener.Complete(connection.AddStream(id));
            }

            waiting.Dequeue();
        }
    }

    private static void Fail(Queue<Opener> waiting, QuicException exception)
    {
        while (waiting.TryDequeue(out Opener? opener))
        {
            opener.Fail(exception.Again());
        }
    }

    private sealed class Opener(Lock gate) : TaskCompletionSource<QuicStream>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _cancellation;

        public void CancelWith(CancellationToken cancellationToken) =>
            _cancellation = cancellationToken.UnsafeRegister(static (self, token) => ((Opener)self!).Cancel(token), this);

        public void Complete(QuicStream stream)
        {
            _cancellation.Unregister();
            TrySetResult(stream);
        }

        public void Fail(QuicException exception)
        {
            _cancellation.Unregister();
            TrySetException(exception);
        }

        // Under the lock, so that no stream is opened for somebody who is gone.
        private void Cancel(CancellationToken token)
        {
            lock (gate)
            {
                TrySetCanceled(token);
            }
        }
    }
}
