using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>How a connection ends.</summary>
internal sealed partial class ConnectionDriver
{
    /// <summary>The peer's machine says that nobody listens there any more. Believed of this machine only: from elsewhere anybody could say so.</summary>
    public void OnRefused()
    {
        if (!IPAddress.IsLoopback(_connection.RemoteEndPoint.Address))
        {
            return;
        }

        using (Enter())
        {
            _connection.OnClosed(new QuicException(
                QuicError.ConnectionRefused,
                _news.HasConnected ? "the connection was lost: the peer's process has ended" : "connection refused: nothing listens there"));
            Retire();
        }
    }

    /// <summary>Ends a connection that never was one, and only waits to say so again: nobody needs that of a server that ends.</summary>
    public void RetireIfRefused()
    {
        using (Enter())
        {
            if (!IsRetired && !_news.HasConnected && Core.State is (ConnectionState.Closing or ConnectionState.Draining))
            {
                Retire();
            }
        }
    }

    /// <summary>
    /// Ends the connection, or its handshake, for others' sake. Nothing is left of it but what goes out now: what still comes is answered
    /// by a stateless reset, so that who comes and goes all the time leaves no heap of closing connections. To be called in a turn.
    /// </summary>
    public void PushOut()
    {
        _isPushedOut = true;
        EndNow(_news.HasConnected
            ? () => Core.Close(errorCode: 0, "it was idle, and others need its place", _endpoint.Clock.Now)
            : () => Core.Refuse(_endpoint.Clock.Now));
    }

    /// <summary>Closes the connection, if it is open; when this returns the peer has been told.</summary>
    public void Close(long errorCode, string reason)
    {
        using (Enter())
        {
            EndNow(() => Core.Close(errorCode, reason, _endpoint.Clock.Now));
        }

        // Another thread may have been sending, and sends this too. Who closes may end the process next.
        var wait = default(SpinWait);
        while (_isSending)
        {
            wait.SpinOnce();
        }
    }

    private void EndNow(Action end)
    {
        if (IsRetired)
        {
            return;
        }

        try
        {
            end();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        Flush();
    }

    private void Fail(Exception exception)
    {
        if (IsRetired)
        {
            return;
        }

        if (_fault is null)
        {
            _fault = exception;
            _later.Add(() => _endpoint.OnFault(exception));
            try
            {
                Core.CloseForFault(_endpoint.Clock.Now);
                FlushUnguarded();
                return;
            }
            catch (Exception)
            {
                // Not even that is possible.
            }
        }

        try
        {
            _connection.OnClosed(CloseText.OfFault(_fault));
        }
        finally
        {
            Retire();
        }
    }

    /// <summary>Nothing can come or go any more.</summary>
    private void Retire()
    {
        if (IsRetired)
        {
            return;
        }

        IsRetired = true;
        try
        {
            Core.Dispose();
            _timer.Dispose();
        }
        catch (Exception exception)
        {
            _later.Add(() => _endpoint.OnFault(exception));
        }
        finally
        {
            _routes.Remove(Core);
            _later.Add(() => _endpoint.OnRetired(_connection));
        }
    }
}
