using System.ComponentModel;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// quiche and BoringSSL, by a small Node program in quiche-peer. What it cannot do is said there and at the commands. It makes no
/// certificates; those that no server should take come from Go.
/// </summary>
internal static class QuichePeer
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "quiche-peer");

    /// <summary>Starts a server that answers everybody with a Retry; the folder holds the certificate of its id.</summary>
    public static Task<PeerServer> ServeAsync(string certificates, string id = "quiche.peer") =>
        StartAsync(() => PeerServer.StartAsync("node", Program(), "server", "--certs-dir", certificates, "--id", id));

    /// <summary>Starts a client; the folder holds the CA's key and the certificate of the name.</summary>
    public static async Task<PeerClient> StartClientAsync(string certificates, string name = "orchestrator-to-peer")
    {
        string program = Program();
        var misfits = new TemporaryFolder();
        try
        {
            await GoPeer.MakeCertificatesAsync(misfits.File(PeerIdentity.Foreign), name);

            string expired = Directory.CreateDirectory(misfits.File(PeerIdentity.Expired)).FullName;
            foreach (string file in new[] { "ca.crt", "ca.key" })
            {
                File.Copy(Path.Combine(certificates, file), Path.Combine(expired, file));
            }

            await GoPeer.MakeExpiredCertificatesAsync(expired, name);
            return await StartAsync(() => PeerClient.StartAsync(
                misfits, "node", program, "client", "--certs-dir", certificates, "--name", name, "--misfits", misfits.Path));
        }
        catch
        {
            misfits.Dispose();
            throw;
        }
    }

    private static string Program()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@matrixai", "quic")))
        {
            MissingPeer.Report(
                "the quiche peer is not installed", "npm ci --prefix Orchestra.Sdk.Tests/Interop/quiche-peer");
        }

        return Path.Combine(Folder, "main.mjs");
    }

    private static async Task<T> StartAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Win32Exception)
        {
            MissingPeer.Report("node is not installed", "apt-get install nodejs npm");
            throw;
        }
    }
}
