using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Protocol;

/// <summary>A QUIC stream, which carries one exchange.</summary>
internal sealed class QuicExchange(QuicStream stream) : Exchange
{
    // The protocol gives error codes no meaning.
    private const long NoErrorCode = 0;

    public override Stream Incoming => stream;

    public override Task WritesClosed => stream.WritesClosed;

    public override Task GivenUp => stream.WritesFailed;

    public override long Undelivered => stream.Undelivered;

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken) =>
        stream.WriteAsync(data, completeWrites, cancellationToken);

    public override void Abort() => stream.Abort(QuicAbortDirection.Both, NoErrorCode);

    public override ValueTask DisposeAsync() => stream.DisposeAsync();
}
