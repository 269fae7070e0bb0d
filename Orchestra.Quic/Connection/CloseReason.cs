using Orchestra.Quic.Qlog;

namespace Orchestra.Quic.Connection;

/// <summary>Why a connection ended.</summary>
/// <param name="Origin">Who ended it.</param>
/// <param name="ErrorCode">An application's or a transport error code.</param>
/// <param name="IsApplication">Which of the two.</param>
/// <param name="Reason">The words that came with it.</param>
internal sealed record CloseReason(CloseOrigin Origin, long ErrorCode, bool IsApplication, string Reason)
{
    /// <summary>Tells a log.</summary>
    public void Tell(ConnectionLog log)
    {
        string trigger = Origin switch
        {
            CloseOrigin.IdleTimeout or CloseOrigin.AnswerTimeout => "idle_timeout",
            CloseOrigin.HandshakeTimeout => "handshake_timeout",
            CloseOrigin.StatelessReset => "stateless_reset",
            CloseOrigin.VersionNegotiation => "version_mismatch",
            _ when IsApplication => "application",
            _ => ErrorCode == 0 ? "clean" : "error",
        };
        bool isSaid = Origin is CloseOrigin.Local or CloseOrigin.Fault or CloseOrigin.Peer;
        log.OnClosed(Origin != CloseOrigin.Peer, isSaid ? ErrorCode : null, IsApplication, Reason, trigger);
    }
}

internal enum CloseOrigin
{
    /// <summary>We closed it: the application did, or the peer broke a rule.</summary>
    Local,

    /// <summary>A fault of ours that no peer should be able to cause.</summary>
    Fault,

    /// <summary>The peer closed it.</summary>
    Peer,

    /// <summary>Nothing came for too long.</summary>
    IdleTimeout,

    /// <summary>Nothing came in answer to one probe after the other.</summary>
    AnswerTimeout,

    /// <summary>The handshake took too long.</summary>
    HandshakeTimeout,

    /// <summary>The peer has lost its state.</summary>
    StatelessReset,

    /// <summary>The peer speaks no version that we do.</summary>
    VersionNegotiation,
}
