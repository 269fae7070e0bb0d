using Orchestra.Quic.Streams;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// A stream of a connection, with the semantics of System.Net.Quic's: each direction is for one caller at a time. Disposing of it resets
/// writes that were not completed and stops reads that did not come to the end, so that the peer's credit comes back.
/// </summary>
internal sealed partial class QuicStream : Stream
{
    private readonly ConnectionDriver _driver;

    // All below is for turns.
    private AsyncSignal? _readable;
    private AsyncSignal? _writable;
    private LazyCompletion _readsClosed;
    private LazyCompletion _writesClosed;
    private LazyCompletion _writesFailed;
    private QuicException? _readError;
    private QuicException? _writeError;
    private ReadOnlyMemory<byte>? _rest;
    private bool _hasReadAll;
    private bool _hasWrittenAll;
    private bool _isDisposed;

    public QuicStream(QuicConnection connection, long id)
    {
        _driver = connection.Driver;
        Id = id;
        bool isOurs = StreamId.IsServerInitiated(id) == connection.IsServer;
        CanRead = !isOurs || !StreamId.IsUnidirectional(id);
        CanWrite = isOurs || !StreamId.IsUnidirectional(id);
    }

    public long Id { get; }

    public override bool CanRead { get; }

    public override bool CanWrite { get; }

    /// <summary>Completes when all was read, and fails when the direction was aborted.</summary>
    public Task ReadsClosed
    {
        get
        {
            using (_driver.Enter())
            {
                return _readsClosed.Task;
            }
        }
    }

    /// <summary>How many bytes are kept of what was written, because the peer may not have them.</summary>
    public long Undelivered
    {
        get
        {
            using (_driver.Enter())
            {
                return _writeError is null ? _driver.Core.UndeliveredOfStream(Id) : 0;
            }
        }
    }

    /// <summary>Completes when the peer has all and the stream is over, and fails when the direction was aborted.</summary>
    public Task WritesClosed
    {
        get
        {
            using (_driver.Enter())
            {
                return _writesClosed.Task;
            }
        }
    }

    /// <summary>
    /// Fails when the direction was aborted. Where it was not this never completes, and so wakes nobody up when all is well.
    /// </summary>
    public Task WritesFailed
    {
        get
        {
            using (_driver.Enter())
            {
                return _writesFailed.Task;
            }
        }
    }

    /// <summary>Reads what is there; waits while nothing is.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="QuicException">The direction was aborted, or the connection lost.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ValueTask readable;
            using (_driver.Enter())
            {
                if (TryRead(buffer.Span, out int length))
                {
                    return length;
                }

                readable = (_readable ??= new AsyncSignal(_driver.Gate)).WaitAsync(cancellationToken);
            }

            await readable.ConfigureAwait(false);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WriteAsync(buffer, completeWrites: false, cancellationToken);

    /// <summary>Writes; returns when the connection has taken all of it.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="completeWrites">Whether nothing will follow. The end then goes with the last byte.</param>
    /// <param name="cancellationToken">Ends the wait. Some of the bytes may be sent by then.</param>
    /// <exception cref="QuicException">The direction was aborted, or the connection lost.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool completeWrites, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ValueTask writable;
            using (_driver.Enter())
            {
                int taken = TryWrite(buffer.Span, completeWrites);
                if (taken == buffer.Length)
                {
                    _driver.Flush();
                    return;
                }

                buffer = buffer[taken..];
                writable = (_writable ??= new AsyncSignal(_driver.Gate)).WaitAsync(cancellationToken);
                _driver.Flush();
            }

            await writable.ConfigureAwait(false);
        }
    }

    /// <summary>Ends this direction after what was written. May be called again.</summary>
    public void CompleteWrites()
    {
        using (_driver.Enter())
        {
            if (!_hasWrittenAll)
            {
                TryWrite([], completeWrites: true);
                _driver.Flush();
            }
        }
    }

    /// <summary>Gives up directions of the stream; the peer sees the code, and not an end. Calls under way fail.</summary>
    public void Abort(QuicAbortDirection direction, long errorCode)
    {
        using (_driver.Enter())
        {
            if ((direction & QuicAbortDirection.Read) != 0)
            {
                AbortReads(errorCode);
            }

            if ((direction & QuicAbortDirection.Write) != 0)
            {
                AbortWrites(errorCode);
            }

            _driver.Flush();
        }
    }

    /// <summary>Done when the peer has what was completed; null where that is so, or nothing was. A turn goes on, as in all that follow.</summary>
    internal Task? PendingDelivery => _hasWrittenAll && !_writesClosed.IsCompleted ? _writesClosed.Task : null;

    /// <summary>There may be more to read.</summary>
    internal void OnReadable() => _readable?.Set();

    internal void OnWritable() => _writable?.Set();

    /// <summary>The peer wants no more of what we write.</summary>
    internal void OnStopped(long errorCode)
    {
        _writeError ??= new QuicException(
            QuicError.StreamAborted, $"the peer wants no more of the stream (code {errorCode})", applicationErrorCode: errorCode);
        CloseWrites();
        _writable?.Set();
    }

    /// <summary>Both directions are done, and the peer has all.</summary>
    internal void OnClosed()
    {
        CloseWrites();
        _readsClosed.Complete(_readError);
    }

    /// <summary>The connection is over.</summary>
    internal void OnConnectionClosed(QuicException exception)
    {
        if (!_hasReadAll && _readError is null && _driver.Core.HasAllOfStream(Id))
        {
            // Who answers and closes is not to be misunderstood.
            _rest = ReadRest();
        }
        else
        {
            _readError ??= _hasReadAll ? null : exception;
            _readsClosed.Complete(_readError);
        }

        _writeError ??= exception;
        CloseWrites();
        _readable?.Set();
        _writable?.Set();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using (_driver.Enter())
            {
                if (!_isDisposed)
                {
                    _isDisposed = true;
                    AbortReads(errorCode: 0);
                    if (!_hasWrittenAll)
                    {
                        AbortWrites(errorCode: 0);
                    }

                    _driver.Flush();
                }
            }
        }

        base.Dispose(disposing);
    }

    private bool TryRead(Span<byte> buffer, out int length)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!CanRead)
        {
            throw new InvalidOperationException("The stream is for writing only.");
        }

        length = 0;
        if (_readError is not null)
        {
            throw _readError.Again();
        }

        if (_hasReadAll || buffer.IsEmpty)
        {
            return true;
        }

        if (_rest is { } rest)
        {
            length = Math.Min(rest.Length, buffer.Length);
            rest.Span[..length].CopyTo(buffer);
            _rest = rest[length..];
            _hasReadAll = length == rest.Length;
            if (_hasReadAll)
            {
                _rest = null;
                _readsClosed.Complete();
            }

            return true;
        }

        StreamReadResult result = _driver.Core.ReadStream(Id, buffer);
        length = result.Length;
        switch (result.Status)
        {
            case StreamReadStatus.WouldBlock:
                return false;
            case StreamReadStatus.Reset:
                _readError = new QuicException(
                    QuicError.StreamAborted, $"the peer aborted the stream (code {result.ErrorCode})", applicationErrorCode: result.ErrorCode);
                _readsClosed.Complete(_readError);
                _driver.Flush();
                throw _readError.Again();
            case StreamReadStatus.Finished:
                _hasReadAll = true;
                _readsClosed.Complete();
                break;
        }

        // The peer may have to be told that it can send more.
        _driver.Flush();
        return true;
    }

    private byte[] ReadRest()
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[4096];
        StreamReadResult result;
        do
        {
            result = _driver.Core.ReadStream(Id, buffer);
            all.Write(buffer, 0, result.Length);
        }
        while (result.Status == StreamReadStatus.Data);
        return all.ToArray();
    }

    private int TryWrite(ReadOnlySpan<byte> data, bool completeWrites)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!CanWrite)
        {
            throw new InvalidOperationException("The stream is for reading only.");
        }

        if (_writeError is not null)
        {
            throw _writeError.Again();
        }

        if (_hasWrittenAll)
        {
            throw new InvalidOperationException("Nothing can follow the end of the stream.");
        }

        int taken = _driver.Core.WriteStream(Id, data, completeWrites);
        if (taken < 0)
        {
            // The events that say why are still to be seen.
            _driver.Flush();
            throw _writeError?.Again() ?? new QuicException(QuicError.OperationAborted, "the stream is closed");
        }

        _hasWrittenAll = completeWrites && taken == data.Length;
        return taken;
    }

    private void AbortReads(long errorCode)
    {
        if (!CanRead || _hasReadAll || _readError is not null)
        {
            return;
        }

        _driver.Core.StopSending(Id, errorCode);
        _rest = null;
        _readError = Aborted();
        _readsClosed.Complete(_readError);
        _readable?.Set();
    }

    private void AbortWrites(long errorCode)
    {
        if (!CanWrite || _writeError is not null)
        {
            return;
        }

        _driver.Core.ResetStream(Id, errorCode);
        _writeError = Aborted();
        CloseWrites();
        _writable?.Set();
    }

    private void CloseWrites()
    {
        _writesClosed.Complete(_writeError);
        if (_writeError is not null)
        {
            _writesFailed.Complete(_writeError);
        }
    }

    private static QuicException Aborted() => new(QuicError.OperationAborted, "the stream was aborted");
}
