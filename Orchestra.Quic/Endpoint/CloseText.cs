using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>Words for the end of a connection.</summary>
internal static class CloseText
{
    private const string SameAuthority = "both sides must use certificates of the same CA, that is, the same --certs-dir";

    public static QuicException ToException(CloseReason reason) => reason.Origin switch
    {
        CloseOrigin.IdleTimeout => new QuicException(QuicError.ConnectionIdle, "the connection was lost: nothing came from the peer for too long"),
        CloseOrigin.AnswerTimeout => new QuicException(QuicError.ConnectionIdle, "the connection was lost: the peer answers nothing: it hangs, is held by a debugger, or was killed"),
        CloseOrigin.HandshakeTimeout => new QuicException(
            QuicError.ConnectionTimeout, "the peer did not answer in time: nothing listens there, or it does not speak QUIC"),
        CloseOrigin.Fault => OfFault(cause: null),
        CloseOrigin.StatelessReset => new QuicException(QuicError.TransportError, "the connection was lost: the peer was restarted"),
        CloseOrigin.VersionNegotiation => new QuicException(QuicError.VersionNegotiationError, "the peer does not speak QUIC version 1"),
        _ when reason.IsApplication => OfApplication(reason),
        _ => OfTransport(reason),
    };

    /// <summary>Of what no peer should be able to cause.</summary>
    public static QuicException OfFault(Exception? cause) => new(
        QuicError.InternalError,
        "the connection was lost: a fault of this side ended it",
        transportErrorCode: (long)TransportErrorCode.InternalError,
        innerException: cause);

    private static QuicException OfApplication(CloseReason reason) => reason.Origin == CloseOrigin.Local
        ? new QuicException(QuicError.OperationAborted, $"the connection is closed{After(reason.Reason)}")
        : new QuicException(
            QuicError.ConnectionAborted,
            $"the peer closed the connection with code {reason.ErrorCode}{After(reason.Reason)}",
            applicationErrorCode: reason.ErrorCode);

    private static QuicException OfTransport(CloseReason reason)
    {
        bool isPeer = reason.Origin == CloseOrigin.Peer;
        if (reason.ErrorCode is >= (long)TransportErrorCode.CryptoError and <= (long)TransportErrorCode.CryptoError + byte.MaxValue)
        {
            return new QuicException(
                QuicError.HandshakeFailed,
                OfAlert((int)(reason.ErrorCode - (long)TransportErrorCode.CryptoError), isPeer, reason.Reason),
                transportErrorCode: reason.ErrorCode);
        }

        var code = (TransportErrorCode)reason.ErrorCode;
        if (code == TransportErrorCode.ConnectionRefused && !isPeer)
        {
            return new QuicException(QuicError.ConnectionRefused, $"the connection was refused{After(reason.Reason)}");
        }

        if (code == TransportErrorCode.ConnectionRefused)
        {
            return new QuicException(
                QuicError.ConnectionRefused,
                $"the peer takes no more connections{After(reason.Reason)}",
                transportErrorCode: reason.ErrorCode);
        }

        string name = Enum.IsDefined(code) ? code.ToString() : $"0x{reason.ErrorCode:x}";
        return new QuicException(
            QuicError.TransportError,
            (isPeer ? $"the peer ended the connection ({name})" : $"the peer broke the rules of QUIC ({name})") + After(reason.Reason),
            transportErrorCode: reason.ErrorCode);
    }

    /// <summary>Alerts of RFC 8446 §6.2. One that the peer sent is about us.</summary>
    private static string OfAlert(int alert, bool isPeer, string reason)
    {
        string theirs = isPeer ? "the peer does not accept our certificate" : "the peer's certificate is not accepted";
        string text = alert switch
        {
            40 => "no common TLS parameters (handshake_failure)",
            42 => $"{theirs} (bad_certificate); {SameAuthority}",
            43 => $"{theirs} (unsupported_certificate)",
            44 => $"{theirs}: it is revoked (certificate_revoked)",
            45 => $"{theirs}: it has expired (certificate_expired); restart its owner, which renews it",
            46 => $"{theirs} (certificate_unknown); {SameAuthority}",
            48 => isPeer
                ? $"the peer does not trust our certificate (unknown_ca); {SameAuthority}"
                : $"the peer's certificate is not trusted (unknown_ca); {SameAuthority}",
            49 => $"{theirs} (access_denied)",
            51 => isPeer
                ? $"the peer could not verify our certificate (decrypt_error); {SameAuthority}"
                : $"the peer's certificate could not be verified (decrypt_error); {SameAuthority}",
            70 => "no common TLS version (protocol_version)",
            109 => "the peer's TLS messages do not belong to QUIC (missing_extension)",
            116 => isPeer
                ? "the peer requires a client certificate (certificate_required)"
                : "the peer presented no certificate (certificate_required)",
            120 => "no common application protocol (no_application_protocol); the peer is no Orchestra plugin or orchestrator",
            _ => $"the TLS handshake failed (alert {alert})",
        };
        return text + After(reason);
    }

    private static string After(string reason) => reason.Length == 0 ? "" : $": {reason}";
}
