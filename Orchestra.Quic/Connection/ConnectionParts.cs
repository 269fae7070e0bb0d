using System.Net;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>What a connection is composed of. Each part owns its state; what receives and what sends go between them.</summary>
internal sealed class ConnectionParts
{
    public ConnectionParts(
        ConnectionOptions options,
        in ConnectionId originalDestination,
        in ConnectionId peer,
        ConnectionId? retrySource,
        SocketAddress remote,
        long now)
    {
        var sent = new SentSpaces();
        var status = new HandshakeStatus();
        IsServer = options.IsServer;
        Log = options.Qlog?.Begin(originalDestination, options.IsServer, now);
        Spaces = new PacketSpaces(sent);
        Paths = new PathManager(remote, status, options);
        Recovery = new LossDetector(sent, new SentFrames(this), status, Paths.Estimates);
        Handshake = new Handshake(options.IsServer, originalDestination, retrySource, status, Spaces, Recovery);
        Keys = new KeySchedule(Spaces, status, options) { Log = Log };
        Early = new EarlyPackets(Keys);
        Timers = new ConnectionTimers(options, status, Spaces, Paths, Recovery, now);
        LocalIds = new LocalConnectionIds(options.StatelessResetKey, RouteChanges);
        RemoteIds = new RemoteConnectionIds(peer);
        Streams = new StreamSet(options.IsServer, options.Streams, Paths.Estimates);
    }

    public bool IsServer { get; }

    /// <summary>Is told what happens; null where nobody wants to know.</summary>
    public ConnectionLog? Log { get; }

    public Queue<RouteChange> RouteChanges { get; } = new();

    public PacketSpaces Spaces { get; }

    public PathManager Paths { get; }

    public LossDetector Recovery { get; }

    public Handshake Handshake { get; }

    public KeySchedule Keys { get; }

    public EarlyPackets Early { get; }

    public ConnectionTimers Timers { get; }

    public LocalConnectionIds LocalIds { get; }

    public RemoteConnectionIds RemoteIds { get; }

    public StreamSet Streams { get; }

    public CloseState Close { get; } = new();

    /// <summary>Tells the log what has changed.</summary>
    public void LogChanges()
    {
        if (Log is null || Log.IsClosed)
        {
            return;
        }

        Log.OnMetrics(Paths.Estimates, Recovery.Probe.Unanswered);
        if (Close.Reason is { } reason)
        {
            reason.Tell(Log);
        }
    }
}
