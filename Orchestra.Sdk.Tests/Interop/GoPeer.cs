using System.Globalization;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>How a Go server is. By default as Go's plugins are.</summary>
internal sealed record GoServer
{
    /// <summary>The plugin's id and the name of its leaf.</summary>
    public string Id { get; init; } = "go.peer";

    /// <summary>Another ALPN; <c>none</c> for none.</summary>
    public string? Protocol { get; init; }

    /// <summary>One of <see cref="PeerIdentity"/>.</summary>
    public string? Identity { get; init; }

    /// <summary><c>foreign</c> to trust only another CA.</summary>
    public string? Trust { get; init; }

    /// <summary><c>require</c> a client's certificate, verify it if <c>given</c> (default) or ask for <c>none</c>.</summary>
    public string? ClientAuth { get; init; }

    /// <summary>What happens instead of an answer: one of those in go-peer/failure.go.</summary>
    public string? FailMode { get; init; }

    /// <summary>Reads a request's FIN. Go's plugins do not: a FIN in a frame of its own costs them the stream's credit.</summary>
    public bool ReadFin { get; init; }

    /// <summary>Serves raw streams, see go-peer/raw.go.</summary>
    public bool Raw { get; init; }

    /// <summary>Validates addresses with a Retry packet.</summary>
    public bool Retry { get; init; }

    public int MaxStreams { get; init; } = 100;

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>The project's Go program on quic-go and crypto/tls, in go-peer.</summary>
internal static class GoPeer
{
    private const string Folder = "Orchestra.Sdk.Tests/Interop/go-peer";

    public static Task<PeerServer> ServeAsync(string certificates, GoServer? server = null)
    {
        server ??= new GoServer();
        return PeerServer.StartAsync(
            Program(),
            [
                "server", "--certs-dir", certificates, "--id", server.Id,
                .. Flag("--alpn", server.Protocol), .. Flag("--identity", server.Identity), .. Flag("--trust", server.Trust),
                .. Flag("--client-auth", server.ClientAuth), .. Flag("--fail-mode", server.FailMode),
                $"--read-fin={server.ReadFin}", $"--raw={server.Raw}", $"--retry={server.Retry}",
                string.Create(CultureInfo.InvariantCulture, $"--max-streams={server.MaxStreams}"),
                $"--idle-timeout={Duration(server.IdleTimeout)}", $"--keep-alive={Duration(server.KeepAlive)}",
            ]);
    }

    public static Task<PeerClient> StartClientAsync(string certificates, string name = "orchestrator-to-peer") =>
        PeerClient.StartAsync(null, Program(), "client", "--certs-dir", certificates, "--name", name);

    /// <summary>Makes the CA and the leaves that are missing.</summary>
    public static Task MakeCertificatesAsync(string folder, params string[] names) => RunAsync(["--certs-dir", folder, .. names]);

    /// <summary>Makes leaves whose time is over, in place of any that are there.</summary>
    public static Task MakeExpiredCertificatesAsync(string folder, params string[] names) =>
        RunAsync(["--certs-dir", folder, "--expired", .. names]);

    private static string Program()
    {
        string program = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "go-peer", "bin", "go-peer");
        if (!File.Exists(program))
        {
            MissingPeer.Report("the Go peer is not built", $"{Folder}/install.sh && {Folder}/build.sh");
        }

        return program;
    }

    private static async Task RunAsync(string[] arguments)
    {
        ProcessResult result = await ChildProcess.RunAsync(Program(), ["certificates", .. arguments]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    private static string[] Flag(string name, string? value) => value is null ? [] : [name, value];

    private static string Duration(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");
}
