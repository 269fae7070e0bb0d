using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The handshake, RFC 9001 §4.</summary>
internal sealed partial class ConnectionCore : ITlsOutput
{
    private bool _handshakeDoneDue;
    private bool _isHandshakeComplete;

    void ITlsOutput.SendCrypto(EncryptionLevel level, ReadOnlySpan<byte> data) => _crypto[(int)level].Send(data);

    void ITlsOutput.InstallSecrets(
        EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret)
    {
        PacketKeys read = PacketKeys.Create(suite, readSecret);
        PacketKeys write = PacketKeys.Create(suite, writeSecret);
        if (level == EncryptionLevel.Application)
        {
            _applicationKeys = new ApplicationKeys(read, write);
        }
        else
        {
            _readKeys[(int)level] = read;
            _writeKeys[(int)level] = write;
            _recovery.HasHandshakeKeys = true;
        }
    }

    void ITlsOutput.PeerTransportParameters(ReadOnlySpan<byte> encoded)
    {
        TransportParameters parameters = TransportParameters.Decode(encoded, fromServer: !IsServer);
        CheckConnectionIds(parameters);
        _peerParameters = parameters;
        _recovery.PeerMaxAckDelay = parameters.MaxAckDelay * 1000;
        _streams.SetPeerParameters(parameters);
        if (!IsServer)
        {
            _remoteIds.SetInitialToken(parameters.StatelessResetToken);
        }
    }

    void ITlsOutput.HandshakeComplete()
    {
        _isHandshakeComplete = true;
        State = ConnectionState.Connected;
        _localIds.Start(_peerParameters!.ActiveConnectionIdLimit);
        if (IsServer)
        {
            _handshakeDoneDue = true;
            ConfirmHandshake();
        }
    }

    /// <summary>Whoever changed an id on the way would be found out here, RFC 9000 §7.3.</summary>
    private void CheckConnectionIds(TransportParameters parameters)
    {
        bool isRight = parameters.InitialSourceConnectionId is { } source && source.Equals(_remoteIds.Current);
        if (!IsServer)
        {
            isRight &= parameters.OriginalDestinationConnectionId is { } original && original.Equals(_originalDestination);
            isRight &= Nullable.Equals(parameters.RetrySourceConnectionId, _retrySource);
        }

        if (!isRight)
        {
            throw new TransportException(TransportErrorCode.TransportParameterError, "the connection ids of the handshake do not fit");
        }
    }

    /// <summary>Hands the level's data, as far as it is in order, to TLS.</summary>
    private void FeedTls(int space)
    {
        Span<byte> buffer = stackalloc byte[1024];
        int length;
        while ((length = _crypto[space].Read(buffer)) > 0)
        {
            _tls.Receive((EncryptionLevel)space, buffer[..length]);
        }

        // RFC 9001 §4.1.3: nothing may be left at a level that TLS is done with.
        bool isOver = space == LossDetector.InitialSpace
            ? _recovery.HasHandshakeKeys
            : space == LossDetector.HandshakeSpace && _isHandshakeComplete;
        if (isOver && _crypto[space].HasUnread)
        {
            throw new TransportException(
                TransportErrorCode.ProtocolViolation, "handshake data is left at a level that is over", (long)FrameType.Crypto);
        }
    }

    /// <summary>Both sides know that both sides are done, RFC 9001 §4.1.2.</summary>
    private void ConfirmHandshake()
    {
        _recovery.IsHandshakeConfirmed = true;
        _recovery.OnAddressValidatedByPeer();
        DiscardSpace(LossDetector.HandshakeSpace);
    }

    private void InstallInitialKeys(in ConnectionId destination)
    {
        DiscardKeys(LossDetector.InitialSpace);
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(destination);
        _readKeys[LossDetector.InitialSpace] = IsServer ? client : server;
        _writeKeys[LossDetector.InitialSpace] = IsServer ? server : client;
    }

    private void DiscardSpace(int space)
    {
        DiscardKeys(space);
        _recovery.Discard(space);
        _crypto[space].Clear();
        _received[space].OnAckSent();
    }

    private void DiscardKeys(int space)
    {
        _readKeys[space]?.Dispose();
        _writeKeys[space]?.Dispose();
        _readKeys[space] = null;
        _writeKeys[space] = null;
    }
}
