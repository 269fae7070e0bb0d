using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>One end of a handshake in memory, with all that it yielded.</summary>
internal sealed class TlsSide : ITlsOutput, IDisposable
{
    public TlsSide(bool isServer, TlsOptions options, byte[] transportParameters)
    {
        Handshake = isServer
            ? TlsHandshake.CreateServer(options, transportParameters, this)
            : TlsHandshake.CreateClient(options, transportParameters, this);
    }

    public TlsHandshake Handshake { get; }

    /// <summary>What is to be sent, in order.</summary>
    public Queue<(EncryptionLevel Level, byte[] Data)> Outbox { get; } = [];

    public Dictionary<EncryptionLevel, int> SentBytes { get; } = [];

    /// <summary>All that happened, in order.</summary>
    public List<string> Events { get; } = [];

    public Dictionary<EncryptionLevel, (CipherSuite Suite, byte[] Read, byte[] Write)> Secrets { get; } = [];

    public byte[]? PeerParameters { get; private set; }

    public int Completions { get; private set; }

    /// <summary>Thrown when the peer's transport parameters come.</summary>
    public Exception? ParametersFault { get; init; }

    public void SendCrypto(EncryptionLevel level, ReadOnlySpan<byte> data)
    {
        Events.Add($"send {level} {data[0]}");
        SentBytes[level] = SentBytes.GetValueOrDefault(level) + data.Length;
        Outbox.Enqueue((level, data.ToArray()));
    }

    public void InstallSecrets(
        EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret)
    {
        Events.Add($"secrets {level}");
        Secrets.Add(level, (suite, readSecret.ToArray(), writeSecret.ToArray()));
    }

    public void PeerTransportParameters(ReadOnlySpan<byte> encoded)
    {
        Events.Add("parameters");
        PeerParameters = encoded.ToArray();
        if (ParametersFault is not null)
        {
            throw ParametersFault;
        }
    }

    public void HandshakeComplete()
    {
        Events.Add("complete");
        Completions++;
    }

    public void Dispose() => Handshake.Dispose();
}
