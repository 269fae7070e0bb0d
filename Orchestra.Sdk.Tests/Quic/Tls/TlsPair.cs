using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>Changes messages under way: gives what is delivered in place of one message.</summary>
internal delegate IEnumerable<(EncryptionLevel Level, byte[] Data)> Tamper(bool toServer, EncryptionLevel level, byte[] message);

/// <summary>A client and a server that talk in memory.</summary>
internal sealed class TlsPair : IDisposable
{
    public static readonly byte[] ClientParameters = [1, 2, 3];
    public static readonly byte[] ServerParameters = [4, 5, 6, 7];

    public TlsPair(TlsOptions? client = null, TlsOptions? server = null)
    {
        Client = new TlsSide(isServer: false, client ?? ClientOptions(), ClientParameters);
        Server = new TlsSide(isServer: true, server ?? ServerOptions(), ServerParameters);
    }

    public TlsSide Client { get; }

    public TlsSide Server { get; }

    public bool IsComplete => Client.Handshake.IsComplete && Server.Handshake.IsComplete;

    public static TimeProvider Time { get; } = new FixedTime(TestIdentities.Now);

    public static TlsOptions ClientOptions() => Options(TestIdentities.Client, "localhost");

    public static TlsOptions ServerOptions() => Options(TestIdentities.Server, targetName: null);

    public static TlsOptions Options(
        TlsIdentity? identity,
        string? targetName = null,
        string protocol = "test",
        byte[][]? authorities = null,
        TimeProvider? time = null) => new()
        {
            ApplicationProtocol = protocol,
            Identity = identity,
            TrustedAuthorities = authorities ?? [TestIdentities.Authority.Der],
            TargetName = targetName,
            Time = time ?? Time,
        };

    /// <summary>Runs the handshake until both sides are silent.</summary>
    public void Run(Tamper? tamper = null)
    {
        Client.Handshake.Start();
        Server.Handshake.Start();
        while (Client.Outbox.Count + Server.Outbox.Count > 0)
        {
            Deliver(Client, Server, toServer: true, tamper);
            Deliver(Server, Client, toServer: false, tamper);
        }
    }

    /// <summary>Runs a handshake that must fail.</summary>
    public TlsAlertException Fail(Tamper? tamper = null) =>
        Assert.Throws<TlsAlertException>(() => Run(tamper))!;

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static void Deliver(TlsSide from, TlsSide to, bool toServer, Tamper? tamper)
    {
        while (from.Outbox.TryDequeue(out var sent))
        {
            foreach (var (level, data) in tamper?.Invoke(toServer, sent.Level, sent.Data) ?? [sent])
            {
                to.Handshake.Receive(level, data);
            }
        }
    }

    private sealed class FixedTime(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
