using System.Net.Sockets;

namespace Orchestra.Sdk.Protocol;

/// <summary>Words for socket errors: the framework's own differ by platform and are missing where UseSystemResourceKeys is set.</summary>
internal static class SocketErrors
{
    public static string Describe(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use by another process; choose another one, or 0 for any free one",
        SocketError.AddressNotAvailable => "this machine has no such address",
        SocketError.AccessDenied => "permission denied; ports below 1024 need privileges",
        SocketError.ConnectionRefused => "connection refused: nothing listens there",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection was reset by the peer",
        SocketError.Shutdown => "the connection was closed by the peer",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "no such host",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "there is no route to it",
        SocketError.TimedOut => "the connection timed out",
        SocketError.AddressFamilyNotSupported => "this machine does not support that kind of address",
        SocketError.TooManyOpenSockets => "too many open files",
        SocketError code => $"socket error {code}",
    };

    /// <summary>Words for a failed read or write, whose cause is often a socket's.</summary>
    public static string Describe(Exception exception) =>
        (exception as SocketException ?? exception.InnerException as SocketException) is { } cause
            ? Describe(cause)
            : exception.Message;
}
