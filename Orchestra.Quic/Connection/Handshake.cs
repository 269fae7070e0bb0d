using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>What the handshake agrees on and proves, and when its packet number spaces are over, RFC 9000 §7 and RFC 9001 §4.</summary>
/// <param name="isServer">Which side we are.</param>
/// <param name="originalDestination">The id that the client chose first for the server.</param>
/// <param name="retrySource">The id of the server's Retry, if there was one.</param>
/// <param name="status">How far it is.</param>
/// <param name="spaces">Its packet number spaces.</param>
/// <param name="recovery">Forgets what was sent in them.</param>
internal sealed class Handshake(
    bool isServer,
    ConnectionId originalDestination,
    ConnectionId? retrySource,
    HandshakeStatus status,
    PacketSpaces spaces,
    LossDetector recovery)
{
    public HandshakeStatus Status => status;

    public ConnectionId OriginalDestination => originalDestination;

    public ConnectionId? RetrySource { get; private set; } = retrySource;

    /// <summary>What the Initial packets of a client carry after a Retry.</summary>
    public byte[] Token { get; private set; } = [];

    /// <summary>Null before they came. They are authentic once the handshake is complete.</summary>
    public TransportParameters? PeerParameters { get; private set; }

    /// <summary>Whether a HANDSHAKE_DONE frame should go out.</summary>
    public bool IsDoneDue { get; set; }

    /// <summary>The server wants to see that we are where we say.</summary>
    public void OnRetry(in ConnectionId source, ReadOnlySpan<byte> token)
    {
        RetrySource = source;
        Token = token.ToArray();
    }

    /// <exception cref="TransportException">They break a rule, or do not fit to the ids in use.</exception>
    public TransportParameters SetPeerParameters(ReadOnlySpan<byte> encoded, in ConnectionId peer)
    {
        TransportParameters parameters = TransportParameters.Decode(encoded, fromServer: !isServer);
        CheckConnectionIds(parameters, peer);
        return PeerParameters = parameters;
    }

    /// <summary>TLS is done, RFC 9001 §4.1.1. With that a server knows that the client is too.</summary>
    public void Complete()
    {
        status.IsComplete = true;
        if (isServer)
        {
            IsDoneDue = true;
            Confirm();
        }
    }

    /// <summary>Both sides know that both sides are done, RFC 9001 §4.1.2.</summary>
    public void Confirm()
    {
        status.IsConfirmed = true;
        OnAddressValidatedByPeer();
        EndSpace(spaces.Handshake);
    }

    /// <summary>The server has shown that it validated our address.</summary>
    public void OnAddressValidatedByPeer()
    {
        status.PeerMayAwaitValidation = false;
        recovery.Probe.ResetBackoff();
    }

    /// <summary>Nothing more is sent or received in a space, RFC 9001 §4.9.</summary>
    public void EndSpace(PacketSpace space)
    {
        space.Discard();
        recovery.Discard(space.Id);
    }

    /// <summary>The connection is over.</summary>
    public void Release() => Token = [];

    /// <summary>Whoever changed an id on the way would be found out here, RFC 9000 §7.3.</summary>
    private void CheckConnectionIds(TransportParameters parameters, in ConnectionId peer)
    {
        bool isRight = parameters.InitialSourceConnectionId is { } source && source.Equals(peer);
        if (!isServer)
        {
            isRight &= parameters.OriginalDestinationConnectionId is { } original && original.Equals(originalDestination);
            isRight &= Nullable.Equals(parameters.RetrySourceConnectionId, RetrySource);
        }

        if (!isRight)
        {
            throw new TransportException(TransportErrorCode.TransportParameterError, "the connection ids of the handshake do not fit");
        }
    }
}
