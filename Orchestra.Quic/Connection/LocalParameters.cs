using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The transport parameters that we send, RFC 9000 §18.2.</summary>
internal static class LocalParameters
{
    public static TransportParameters Create(ConnectionOptions options, in ConnectionId source, Handshake handshake)
    {
        var parameters = new TransportParameters
        {
            InitialSourceConnectionId = source,
            MaxIdleTimeout = options.IdleTimeout / 1000,
            InitialMaxData = options.Streams.ConnectionWindow,
            InitialMaxStreamDataBidiLocal = options.Streams.Window,
            InitialMaxStreamDataBidiRemote = options.Streams.Window,
            InitialMaxStreamDataUni = options.Streams.Window,
            InitialMaxStreamsBidi = options.Streams.MaxBidirectional,
            InitialMaxStreamsUni = options.Streams.MaxUnidirectional,
            MaxAckDelay = ReceivedPackets.MaxAckDelay / 1000,
            ActiveConnectionIdLimit = RemoteConnectionIds.Limit,
            DisableActiveMigration = options.IsServer,
        };
        if (options.IsServer)
        {
            parameters.OriginalDestinationConnectionId = handshake.OriginalDestination;
            parameters.RetrySourceConnectionId = handshake.RetrySource;
            parameters.StatelessResetToken = new byte[StatelessReset.TokenLength];
            StatelessReset.ComputeToken(options.StatelessResetKey, source, parameters.StatelessResetToken);
        }

        return parameters;
    }
}
