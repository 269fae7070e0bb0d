using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>Whom to connect to, and how.</summary>
internal sealed record QuicClientOptions
{
    public required IPEndPoint RemoteEndPoint { get; init; }

    public required ConnectionOptions Connection { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
