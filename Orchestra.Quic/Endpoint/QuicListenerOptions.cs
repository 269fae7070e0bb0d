using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>Where to listen, and what to accept.</summary>
internal sealed record QuicListenerOptions
{
    public required IPEndPoint ListenEndPoint { get; init; }

    public required ConnectionOptions Connection { get; init; }

    /// <summary>With so many handshakes under way, clients must show first that their address is theirs: by a Retry.</summary>
    public int RetryThreshold { get; init; } = 64;

    /// <summary>With so many handshakes under way, further ones are not answered.</summary>
    public int MaxHandshakes { get; init; } = 512;

    /// <summary>With so many handshakes of one address under way, further ones of it are not answered.</summary>
    public int MaxHandshakesOfAddress { get; init; } = 128;

    /// <summary>With so many connections, further ones are refused unless an idle one makes room, see <see cref="ConnectionPlaces"/>.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Who a connection counts for, by its address and its certificate in DER, which was checked.</summary>
    public Func<IPAddress, byte[]?, string> NamePeer { get; init; } = static (address, _) => address.ToString();

    /// <summary>Makes the socket.</summary>
    public Func<IPEndPoint, IDatagramSocket> Bind { get; init; } = DatagramSocket.Bind;

    /// <summary>Is told of a fault of the engine's own, which ended one connection at the most; more and more rarely where there are many.</summary>
    public Action<Exception>? OnFault { get; init; }

    /// <summary>Is told that a handshake failed because one side did not accept the other's certificate.</summary>
    public Action? OnCertificateRefused { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
