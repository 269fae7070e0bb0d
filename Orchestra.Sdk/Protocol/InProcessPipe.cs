namespace Orchestra.Sdk.Protocol;

/// <summary>
/// One direction of an exchange within the process. A write ends when its bytes are read, so that nothing is kept: memory stays flat,
/// and a writer waits for its reader. One of each at a time.
/// </summary>
internal sealed class InProcessPipe : Stream
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _readerGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _data;
    private TaskCompletionSource? _taken;
    private TaskCompletionSource? _readable;
    private Exception? _broken;
    private bool _endsAfterData;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Fails when the reader has gone before the end.</summary>
    public Task ReaderGone => _readerGone.Task;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool complete, CancellationToken cancellationToken)
    {
        TaskCompletionSource taken;
        lock (_gate)
        {
            ThrowIfBroken();
            if (data.IsEmpty)
            {
                _ended |= complete;
                _readable?.TrySetResult();
                return;
            }

            (_data, _endsAfterData) = (data, complete);
            taken = _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _readable?.TrySetResult();
        }

        try
        {
            await taken.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The bytes are the caller's again.
            lock (_gate)
            {
                _data = default;
            }

            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            TaskCompletionSource readable;
            lock (_gate)
            {
                if (TryRead(buffer.Span) is { } count)
                {
                    return count;
                }

                readable = _readable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await readable.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends both sides with an error, unless the end was read already.</summary>
    public void Break(string why)
    {
        lock (_gate)
        {
            if (_broken is null && !(_ended && _data.IsEmpty))
            {
                _broken = new IOException(why);
                _data = default;
                _taken?.TrySetException(_broken);
                _readable?.TrySetResult();
                _readerGone.TrySetException(_broken);
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int? TryRead(Span<byte> buffer)
    {
        ThrowIfBroken();
        if (_data.IsEmpty)
        {
            return _ended ? 0 : null;
        }

        int count = Math.Min(buffer.Length, _data.Length);
        _data.Span[..count].CopyTo(buffer);
        _data = _data[count..];
        if (_data.IsEmpty)
        {
            _ended = _endsAfterData;
            _taken!.TrySetResult();
        }

        return count;
    }

    private void ThrowIfBroken()
    {
        if (_broken is not null)
        {
            throw new IOException(_broken.Message);
        }
    }
}
