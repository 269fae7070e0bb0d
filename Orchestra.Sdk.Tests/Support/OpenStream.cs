namespace Orchestra.Sdk.Tests.Support;

/// <summary>A stream that has some bytes, and then keeps its reader waiting until it is ended or broken.</summary>
internal sealed class OpenStream(byte[] content) : Stream
{
    private readonly MemoryStream _content = new(content);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>As a peer that ends its direction.</summary>
    public void End() => _end.TrySetResult();

    /// <summary>As a peer that vanishes.</summary>
    public void Break() => _end.TrySetException(new IOException("the connection broke"));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await _content.ReadAsync(buffer, cancellationToken);
        if (count == 0)
        {
            await _end.Task.WaitAsync(cancellationToken);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _end.TrySetException(new ObjectDisposedException(nameof(OpenStream)));
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
