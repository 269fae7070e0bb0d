using Orchestra.Sdk.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class QuicStreamTests
{
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

    internal static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
