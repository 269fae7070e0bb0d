using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;

namespace Orchestra.Quic.Endpoint;

/// <summary>What there is to tell of a connection: that it is one, what its streams did, why it ended. To be used in a turn.</summary>
internal sealed class ConnectionNews(QuicEndpoint endpoint, QuicConnection connection, ConnectionCore core, DeferredCalls later)
{
    private bool _isRefused;

    /// <summary>Whether the handshake was done, and the connection admitted.</summary>
    public bool HasConnected { get; private set; }

    /// <summary>Before the client is told that the handshake is done: it does not have to learn of a connection that it never gets.</summary>
    public void Admit(long now)
    {
        if (core.IsHandshakeConfirmed && !HasConnected && !_isRefused && endpoint.Acceptor?.TryAdmit(connection) is false)
        {
            _isRefused = true;
            core.Refuse(now);
        }
    }

    /// <param name="fault">What the connection ended by, where that was a fault of ours.</param>
    public void Tell(Exception? fault)
    {
        if (!HasConnected && !_isRefused && core.IsHandshakeConfirmed)
        {
            HasConnected = true;
            connection.OnConnected();
            later.Add(() => endpoint.OnConnected(connection));
        }

        while (core.TryTakeStreamEvent(out StreamEvent e))
        {
            connection.OnStreamEvent(e);
        }

        if (core.CloseReason is { } reason && !connection.IsClosed)
        {
            connection.OnClosed(fault is null ? CloseText.ToException(reason) : CloseText.OfFault(fault));
            if (!HasConnected)
            {
                later.Add(() => endpoint.Acceptor?.OnHandshakeFailed(reason));
            }
        }
    }
}
