using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class QuicStreamTests
{
    private const long Code = 77;

    [TestCase(1)]
    [TestCase(100_000)]
    [TestCase(16 * 1024 * 1024)]
    public async Task Carries_bytes_both_ways(int size)
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        byte[] message = new byte[size];
        new Random(size).NextBytes(message);
        await using QuicStream client = await pair.Client.OpenOutboundStreamAsync();
        Task writing = client.WriteAsync(message, completeWrites: true).AsTask();
        await using QuicStream server = await pair.Server.AcceptInboundStreamAsync().AsTask().Guarded();

        byte[] received = await ReadAllAsync(server).Guarded();
        await writing.Guarded();
        Assert.That(received.AsSpan().SequenceEqual(message));

        Task answering = server.WriteAsync(received, completeWrites: true).AsTask();
        received = await ReadAllAsync(client).Guarded();
        await answering.Guarded();
        Assert.That(received.AsSpan().SequenceEqual(message));
        await server.WritesClosed.Guarded();
        await client.ReadsClosed.Guarded();
    }

    [Test]
    public async Task Goes_one_way_where_it_was_opened_so()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        await using QuicStream client = await pair.Client.OpenOutboundStreamAsync(bidirectional: false);
        await client.WriteAsync("one way"u8.ToArray(), completeWrites: true);
        await using QuicStream server = await pair.Server.AcceptInboundStreamAsync().AsTask().Guarded();

        Assert.That(await ReadAllAsync(server).Guarded(), Is.EqualTo("one way"u8.ToArray()));
        Assert.That((client.CanRead, client.CanWrite, server.CanRead, server.CanWrite), Is.EqualTo((false, true, true, false)));
        Assert.That(async () => await client.ReadAsync(new byte[1]), Throws.TypeOf<InvalidOperationException>());
        Assert.That(async () => await server.WriteAsync(new byte[1]), Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public async Task Can_be_read_on_after_a_canceled_read()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();
        Task<int> reading = server.ReadAsync(new byte[1], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Assert.That(async () => await reading.Guarded(), Throws.InstanceOf<OperationCanceledException>());

        await client.WriteAsync(new byte[1]);
        Assert.That(await server.ReadAsync(new byte[2]).AsTask().Guarded(), Is.EqualTo(1));
    }

    [Test]
    public async Task Stops_waiting_to_write_when_canceled()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, _) = await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();

        // More than the peer, which does not read, and the buffers take.
        Task writing = client.WriteAsync(new byte[8 * 1024 * 1024], cancellation.Token).AsTask();
        Assert.That(writing.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await writing.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Refuses_a_second_read_at_a_time()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        Task<int> reading = server.ReadAsync(new byte[1]).AsTask();
        Assert.That(async () => await server.ReadAsync(new byte[1]), Throws.TypeOf<InvalidOperationException>());

        await client.WriteAsync(new byte[1]);
        Assert.That(await reading.Guarded(), Is.EqualTo(1));
    }

    [Test]
    public async Task Tells_the_peer_that_writes_were_aborted()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        Task<int> reading = server.ReadAsync(new byte[1]).AsTask();

        client.Abort(QuicAbortDirection.Write, Code);

        AssertAborted(await CatchAsync(reading), QuicError.StreamAborted, Code);
        AssertAborted(await CatchAsync(server.ReadsClosed), QuicError.StreamAborted, Code);
        AssertAborted(await CatchAsync(client.WritesClosed), QuicError.OperationAborted, null);
        AssertAborted(await CatchAsync(client.WriteAsync(new byte[1]).AsTask()), QuicError.OperationAborted, null);
    }

    [Test]
    public async Task Tells_the_peer_that_reads_were_aborted()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        Task writing = client.WriteAsync(new byte[8 * 1024 * 1024]).AsTask();

        server.Abort(QuicAbortDirection.Read, Code);

        AssertAborted(await CatchAsync(writing), QuicError.StreamAborted, Code);
        AssertAborted(await CatchAsync(client.WritesClosed), QuicError.StreamAborted, Code);
        AssertAborted(await CatchAsync(server.ReadAsync(new byte[1]).AsTask()), QuicError.OperationAborted, null);
    }

    [Test]
    public async Task Tells_an_answering_peer_that_nobody_waits_any_more()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        client.CompleteWrites();
        Assert.That(await server.ReadAsync(new byte[1]).AsTask().Guarded(), Is.Zero);

        await client.DisposeAsync();

        AssertAborted(await CatchAsync(server.WritesClosed), QuicError.StreamAborted, 0);
    }

    [Test]
    public async Task Resets_what_was_not_completed_when_it_is_disposed_of()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        Task<int> reading = server.ReadAsync(new byte[1]).AsTask();

        await client.DisposeAsync();

        AssertAborted(await CatchAsync(reading), QuicError.StreamAborted, 0);
        Assert.That(async () => await client.WriteAsync(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await client.ReadAsync(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Delivers_what_was_completed_before_it_was_disposed_of()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        byte[] message = new byte[300_000];
        QuicStream client = await pair.Client.OpenOutboundStreamAsync();
        await client.WriteAsync(message, completeWrites: true);
        await client.DisposeAsync();

        await using QuicStream server = await pair.Server.AcceptInboundStreamAsync().AsTask().Guarded();
        Assert.That(await ReadAllAsync(server).Guarded(), Has.Length.EqualTo(message.Length));
    }

    [Test]
    public async Task Can_be_read_to_its_end_when_the_peer_answers_and_closes()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        (QuicStream unfinished, QuicStream other) = await pair.OpenStreamAsync();
        await server.WriteAsync(new byte[100_000], completeWrites: true);
        await other.WriteAsync(new byte[100_000]);
        client.CompleteWrites();
        Assert.That(await server.ReadAsync(new byte[1]).AsTask().Guarded(), Is.Zero);
        await pair.Server.WhenDeliveredAsync().AsTask().Guarded();
        await pair.Server.CloseAsync(0);
        await QuicStreamTests.CatchAsync(pair.Client.AcceptInboundStreamAsync().AsTask());

        Assert.That(await ReadAllAsync(client).Guarded(), Has.Length.EqualTo(100_000));
        await client.ReadsClosed.Guarded();
        AssertAborted(await CatchAsync(unfinished.ReadAsync(new byte[1]).AsTask()), QuicError.ConnectionAborted, 0);
    }

    [Test]
    public async Task Takes_nothing_after_its_end()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        (QuicStream client, _) = await pair.OpenStreamAsync();
        client.CompleteWrites();
        client.CompleteWrites();
        Assert.That(async () => await client.WriteAsync(new byte[1]), Throws.TypeOf<InvalidOperationException>());
    }

    internal static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    internal static async Task<QuicException> CatchAsync(Task task)
    {
        try
        {
            await task.Guarded();
        }
        catch (QuicException exception)
        {
            return exception;
        }

        throw new AssertionException("it did not fail");
    }

    private static void AssertAborted(QuicException exception, QuicError error, long? code)
    {
        Assert.That((exception.QuicError, exception.ApplicationErrorCode), Is.EqualTo((error, code)), exception.Message);
    }
}
