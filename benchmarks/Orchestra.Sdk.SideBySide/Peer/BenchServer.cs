using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>Serves the plugin protocol, or raw streams.</summary>
internal static class BenchServer
{
    public static async Task RunAsync(string certificates, bool raw)
    {
        PluginCertificate certificate = await new CertificateStore(certificates).EnsureCertificateAsync("cs.peer");
        if (raw)
        {
            // As much credit as quic-go gives.
            var endPoint = new IPEndPoint(IPAddress.Loopback, 0);
            ConnectionOptions connection = QuicSettings.ForServer(certificate, endPoint);
            await using QuicListener listener = await QuicListener.ListenAsync(
                new QuicListenerOptions { ListenEndPoint = endPoint, Connection = connection });
            _ = ServeAsync(listener);
            await ObeyAsync(listener.LocalEndPoint);
            return;
        }

        await using var server = PluginServer.Create(new EchoPlugin());
        await ObeyAsync(await server.ListenAsync("127.0.0.1:0", certificate));
    }

    private static Task ObeyAsync(IPEndPoint address) => CommandLoop.RunAsync(
        new JsonObject { ["address"] = address.ToString() },
        static (_, _) => Task.FromResult(new JsonObject { ["cpuSeconds"] = CommandLoop.CpuSeconds }));

    private static async Task ServeAsync(QuicListener listener)
    {
        while (true)
        {
            _ = ServeAsync(await listener.AcceptConnectionAsync());
        }
    }

    private static async Task ServeAsync(QuicConnection connection)
    {
        try
        {
            while (true)
            {
                QuicStream stream = await connection.AcceptInboundStreamAsync();
                _ = Task.Run(() => RawStream.ServeAsync(stream));
            }
        }
        catch (QuicException)
        {
            // The client is done.
        }
    }
}
