namespace Orchestra.Quic.Recovery;

/// <summary>How far the handshake is: what timers, keys and paths go by. The handshake alone writes it.</summary>
internal sealed class HandshakeStatus
{
    /// <summary>Whether there are keys for Handshake packets.</summary>
    public bool HasHandshakeKeys { get; set; }

    /// <summary>The peer's Finished was verified, and ours is sent, RFC 9001 §4.1.1.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Both sides know that both sides are done, RFC 9001 §4.1.2.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>A client whose address the server may not have validated yet: it must keep sending, RFC 9002 §6.2.2.1.</summary>
    public bool PeerMayAwaitValidation { get; set; }
}
