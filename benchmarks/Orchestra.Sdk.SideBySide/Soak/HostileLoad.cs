using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>What others do: those who are killed, who were never let in, and who send what is no packet.</summary>
/// <param name="address">The plugin's.</param>
/// <param name="folder">The certificates of its authority.</param>
/// <param name="peer">A certificate of that authority.</param>
/// <param name="foreign">One of another authority.</param>
internal sealed class HostileLoad(string address, string folder, PluginCertificate peer, PluginCertificate foreign)
{
    private const int DatagramsATurn = 20;
    private const int LargestDatagram = 1500;

    private static readonly OrchestratorClientOptions Once = new() { Reconnect = false };

    private readonly IPEndPoint _endPoint = IPEndPoint.Parse(address);

    /// <summary>A client in a process of its own that calls as fast as it can, and is killed.</summary>
    public async Task KillAsync(int turn)
    {
        using Process child = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ["soak-client", address, folder]) { RedirectStandardError = true })!;
        await Task.Delay(300 + (37 * turn % 700));
        child.Kill();
        await child.WaitForExitAsync();
    }

    /// <summary>What <see cref="KillAsync"/> starts.</summary>
    public static async Task RunVictimAsync(string address, string folder)
    {
        PluginCertificate certificate = await new CertificateStore(folder).EnsureCertificateAsync("orchestrator-to-tools.notes");
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(address, certificate, Once);
        for (int turn = 0; ; turn++)
        {
            await NotesLoad.CallAsync(client, turn, NotesLoad.VictimsTag);
            await Task.Delay(20);
        }
    }

    public async Task DialAsStrangerAsync(int turn)
    {
        try
        {
            await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(address, foreign, Once);
            throw new InvalidDataException("a certificate of another authority was let in");
        }
        catch (OrchestratorException)
        {
            // As it should.
        }
    }

    /// <summary>What is no request, from somebody who was let in.</summary>
    public async Task SendBadRequestsAsync(int turn)
    {
        await using QuicConnection connection = await QuicConnection.ConnectAsync(
            new QuicClientOptions { RemoteEndPoint = _endPoint, Connection = QuicSettings.ForClient(peer, "127.0.0.1") });
        byte[] noise = new byte[200];
        new Random(turn).NextBytes(noise);
        foreach (byte[] request in new byte[][]
        {
            [],
            noise,
            [0, 0, 0, 200, .. noise],
            [0xff, 0xff, 0xff, 0xff, .. noise],
            [0, 1, 0, 0, .. noise],
        })
        {
            await using QuicStream stream = await connection.OpenOutboundStreamAsync();
            await stream.WriteAsync(request, completeWrites: true);
            try
            {
                while (await stream.ReadAsync(noise) > 0)
                {
                    // An answer that says what is wrong with it.
                }
            }
            catch (QuicException)
            {
                // That too.
            }
        }
    }

    /// <summary>A handshake that is left after its first packets.</summary>
    public async Task BeginAndLeaveAsync(int turn)
    {
        using var leave = new CancellationTokenSource(TimeSpan.FromMilliseconds(turn % 6));
        try
        {
            await using QuicConnection connection = await QuicConnection.ConnectAsync(
                new QuicClientOptions { RemoteEndPoint = _endPoint, Connection = QuicSettings.ForClient(peer, "127.0.0.1") }, leave.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should.
        }
    }

    /// <summary>Datagrams that are none of QUIC, that look like its packets, and packets of versions that nobody speaks.</summary>
    public async Task SendGarbageAsync(int turn)
    {
        var random = new Random(turn);
        using var socket = new UdpClient();
        byte[] datagram = new byte[LargestDatagram];
        for (int i = 0; i < DatagramsATurn; i++)
        {
            random.NextBytes(datagram);
            int length = random.Next(1, datagram.Length);
            switch (i % 4)
            {
                case 0:
                    break;
                case 1:
                    // The beginning of a client's first Initial packet.
                    ReadOnlySpan<byte> initial = [0xc3, 0, 0, 0, 1, 8];
                    initial.CopyTo(datagram);
                    datagram[14] = 0;
                    datagram[15] = 0;
                    datagram[16] = 0x44;
                    length = 1200;
                    break;
                case 2:
                    ReadOnlySpan<byte> unknown = [0xc3, 0x1a, 0x2a, 0x3a, 0x4a, 8];
                    unknown.CopyTo(datagram);
                    datagram[14] = 0;
                    length = 1200;
                    break;
                default:
                    datagram[0] = (byte)(0x40 | (datagram[0] & 0x3f));
                    break;
            }

            await socket.SendAsync(datagram.AsMemory(0, length), _endPoint);
        }
    }
}
