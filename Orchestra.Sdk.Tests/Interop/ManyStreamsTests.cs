using System.Net;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A thousand streams of one connection that are open at the same time: each has its end only when all have begun.</summary>
[Category("Process")]
internal sealed class ManyStreamsTests
{
    private const int Count = 1000;

    [Test]
    public async Task Our_client_opens_them()
    {
        using var certificates = new TemporaryFolder();
        PluginCertificate certificate = await new CertificateStore(certificates.Path).EnsureCertificateAsync("test-client");
        await using PeerServer server = await GoPeer.ServeAsync(certificates.Path, new GoServer { MaxStreams = Count });
        await using QuicConnection connection = await QuicConnection.ConnectAsync(new QuicClientOptions
        {
            RemoteEndPoint = IPEndPoint.Parse(server.Address),
            Connection = QuicSettings.ForClient(certificate, "127.0.0.1"),
        });

        var calls = new List<(QuicStream Stream, byte[] SecondHalf, PluginRequest Request)>();
        for (int i = 0; i < Count; i++)
        {
            PluginRequest request = Call(i);
            using var frame = new MemoryStream();
            await MessageFraming.WriteAsync(frame, request);
            byte[] bytes = frame.ToArray();
            QuicStream stream = await connection.OpenOutboundStreamAsync().AsTask().Guarded();
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2)).AsTask().Guarded();
            calls.Add((stream, bytes[(bytes.Length / 2)..], request));
        }

        using var timeout = new CancellationTokenSource(HangGuard.Limit);
        while ((await server.StatisticsAsync()).Connections[^1].OpenStreams < Count)
        {
            timeout.Token.ThrowIfCancellationRequested();
        }

        foreach ((QuicStream stream, byte[] secondHalf, PluginRequest request) in calls)
        {
            await stream.WriteAsync(secondHalf, completeWrites: true).AsTask().Guarded();
            PluginResponse response = await MessageFraming.ReadAsync(stream, PluginResponse.Parser).AsTask().Guarded();
            Assert.That(response.RequestId, Is.EqualTo(request.RequestId));
            Assert.That(response.ToolCall.Result.Equals(request.ToolCall.Arguments));
            await stream.DisposeAsync();
        }
    }

    [Test]
    public async Task Our_server_grants_them()
    {
        using var certificates = new TemporaryFolder();
        var store = new CertificateStore(certificates.Path);
        await store.EnsureCertificateAsync("orchestrator-to-peer");
        ConnectionOptions usual = QuicSettings.ForServer(
            await store.EnsureCertificateAsync("test.echo"), new IPEndPoint(IPAddress.Loopback, 0));
        await using QuicListener listener = await QuicListener.ListenAsync(new QuicListenerOptions
        {
            ListenEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Connection = new ConnectionOptions
            {
                IsServer = true,
                Tls = usual.Tls,
                StatelessResetKey = usual.StatelessResetKey,
                Streams = new StreamOptions { MaxBidirectional = Count },
            },
        });
        await using PeerClient client = await GoPeer.StartClientAsync(certificates.Path);
        await client.DialAsync(new PeerDial(listener.LocalEndPoint.ToString()) { Probe = false });
        await using QuicConnection connection = await listener.AcceptConnectionAsync().AsTask().Guarded();
        Task serving = Task.WhenAll(Enumerable.Range(0, Count).Select(async _ => await EchoAsync(await connection.AcceptInboundStreamAsync())));

        PeerHoldReport report = await client.HoldAsync(Count);

        Assert.That(report, Is.EqualTo(new PeerHoldReport(Count, Count, null)));
        await serving.Guarded();
    }

    private static PluginRequest Call(int number)
    {
        var arguments = new Struct { Fields = { ["n"] = Value.ForNumber(number), ["text"] = Value.ForString(new string('x', 100)) } };
        return new() { RequestId = $"call-{number}", ToolCall = new ToolRequest { ToolName = "echo", Arguments = arguments } };
    }

    private static async Task EchoAsync(QuicStream stream)
    {
        await using (stream)
        {
            PluginRequest request = await MessageFraming.ReadAsync(stream, PluginRequest.Parser);

            // Go sends the end by itself, and is told to stop where nobody reads it.
            Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
            var response = new ToolResponse { Success = true, Result = request.ToolCall.Arguments };
            await MessageFraming.WriteAsync(stream, new PluginResponse { RequestId = request.RequestId, ToolCall = response });
            stream.CompleteWrites();
        }
    }
}
