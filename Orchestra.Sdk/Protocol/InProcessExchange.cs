namespace Orchestra.Sdk.Protocol;

/// <summary>An end of an exchange within the process.</summary>
internal sealed class InProcessExchange : Exchange
{
    private readonly InProcessPipe _incoming;
    private readonly InProcessPipe _outgoing;

    private InProcessExchange(InProcessPipe incoming, InProcessPipe outgoing)
    {
        _incoming = incoming;
        _outgoing = outgoing;
    }

    public override Stream Incoming => _incoming;

    public override Task WritesClosed => _outgoing.ReaderGone;

    public static (InProcessExchange Client, InProcessExchange Server) CreatePair()
    {
        var requests = new InProcessPipe();
        var responses = new InProcessPipe();
        return (new InProcessExchange(responses, requests), new InProcessExchange(requests, responses));
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken) =>
        _outgoing.WriteAsync(data, completeWrites, cancellationToken);

    public override void Abort()
    {
        _incoming.Break("the other side has reset the stream");
        _outgoing.Break("the other side has reset the stream");
    }

    public override ValueTask DisposeAsync()
    {
        _incoming.Break("the other side has closed the stream");
        _outgoing.Break("the other side has closed the stream");
        return ValueTask.CompletedTask;
    }
}
