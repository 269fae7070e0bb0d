using System.Net;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From a datagram to the payloads of its packets.</summary>
internal sealed partial class ConnectionCore
{
    private const int KeyPhaseBit = 0x04;
    private const int ShortReservedBits = 0x18;
    private const int LongReservedBits = 0x0c;

    // Packets that overtook the ones with their keys.
    private const int MaxEarlyPackets = 10;

    private List<(int Space, byte[] Packet)>? _early;
    private bool _hasReceivedPacket;
    private bool _hasRetried;
    private int _datagramLength;

    // The id in the newest packet: the peer moved by its own will if another comes with another address.
    private ConnectionId _destination;

    /// <summary>Takes a datagram and decrypts it in place. Whatever a peer sends, this does not throw.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="remote">Where it came from. It is copied where it is kept.</param>
    /// <param name="ecn">The two ECN bits of its IP header; 0 where they are not known.</param>
    /// <param name="now">The time.</param>
    public void Receive(Span<byte> datagram, SocketAddress remote, int ecn, long now)
    {
        switch (State)
        {
            case ConnectionState.Draining or ConnectionState.Closed:
                return;
            case ConnectionState.Closing:
                OnReceivedWhileClosing();
                return;
        }

        _datagramLength = datagram.Length;
        bool isOnPath = remote.Equals(_path.Address);
        if (isOnPath)
        {
            _path.OnReceived(datagram.Length);
        }
        else if (!IsServer || !_recovery.IsHandshakeConfirmed)
        {
            // A server does not move, and nobody moves before the handshake is done.
            return;
        }

        try
        {
            ReceivePackets(datagram, remote, ecn, now);
            ReceiveEarly(remote, now);
        }
        catch (TransportException exception)
        {
            Fail(exception, now);
        }
        catch (TlsAlertException exception)
        {
            Fail(exception, now);
        }

        if (State == ConnectionState.Draining)
        {
            Drain();
        }

        _ = UpdateRoom();
    }

    private void ReceivePackets(Span<byte> datagram, SocketAddress remote, int ecn, long now)
    {
        int datagramLength = datagram.Length;
        Span<byte> rest = datagram;
        ConnectionId destination = default;
        while (!rest.IsEmpty && State is ConnectionState.Handshaking or ConnectionState.Connected)
        {
            if (!PacketHeader.TryParse(rest, LocalConnectionIds.Length, out PacketHeader header))
            {
                CheckReset(datagram);
                return;
            }

            // Packets of one datagram are for one connection, RFC 9000 §12.2.
            if (rest.Length == datagramLength)
            {
                destination = header.Destination;
            }
            else if (!destination.Equals(header.Destination))
            {
                return;
            }

            int length = header.Length;
            if (!TryReceivePacket(rest[..length], header, datagramLength, remote, ecn, now) && header.Type == PacketType.OneRtt)
            {
                CheckReset(datagram);
            }

            rest = rest[length..];
        }
    }

    /// <returns>False where the packet could not be authenticated.</returns>
    private bool TryReceivePacket(
        Span<byte> packet, in PacketHeader header, int datagramLength, SocketAddress remote, int ecn, long now)
    {
        switch (header.Type)
        {
            case PacketType.VersionNegotiation:
                OnVersionNegotiation(packet, header);
                return true;
            case PacketType.Retry:
                OnRetry(packet, header);
                return true;
            case PacketType.ZeroRtt:
                return true;
            case PacketType.Initial when header.IsUnsupportedVersion
                || (IsServer ? datagramLength < BaseDatagramSize : !header.Token.IsEmpty):
                // RFC 9000 §14.1 and §17.2.2: too small from a client, or with a token from a server.
                return true;
        }

        if (header.IsLong && header.IsUnsupportedVersion)
        {
            return true;
        }

        int space = header.Type switch
        {
            PacketType.Initial => LossDetector.InitialSpace,
            PacketType.Handshake => LossDetector.HandshakeSpace,
            _ => LossDetector.ApplicationSpace,
        };
        if (ReadKeys(space) is not { } keys)
        {
            KeepEarly(packet, space);
            return true;
        }

        // The peer's first packet fixes its id; others belong to somebody else, RFC 9000 §7.2.
        bool isFirst = !IsServer && !_hasReceivedPacket;
        if (header.IsLong && !isFirst && !header.Source.Equals(_remoteIds.Current))
        {
            return true;
        }

        return TryOpen(packet, header, space, keys, isFirst, remote, ecn, datagramLength, now);
    }

    private bool TryOpen(
        Span<byte> packet,
        in PacketHeader header,
        int space,
        PacketKeys keys,
        bool isFirst,
        SocketAddress remote,
        int ecn,
        int datagramLength,
        long now)
    {
        if (!HeaderProtection.TryRemove(packet, header.PacketNumberOffset, keys, out int numberLength, out long truncated))
        {
            return false;
        }

        ReceivedPackets received = _received[space];
        long number = PacketNumber.Decode(truncated, numberLength, received.Largest);
        int payloadStart = header.PacketNumberOffset + numberLength;
        Span<byte> payload = packet[payloadStart..];
        if (payload.Length < PacketKeys.TagLength || !TryDecrypt(space, packet, payloadStart, number, now))
        {
            return false;
        }

        if (received.Contains(number))
        {
            return true;
        }

        int reserved = header.IsLong ? LongReservedBits : ShortReservedBits;
        if ((packet[0] & reserved) != 0)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "the reserved bits of a packet were set");
        }

        if (isFirst)
        {
            _remoteIds.ReplaceInitial(header.Source);
        }

        _hasReceivedPacket = true;
        if (IsServer && space == LossDetector.HandshakeSpace)
        {
            // Only who got our Initial could send it, RFC 9000 §8.1; whatever comes of its content. Who has the keys for it
            // has none for Initial packets any more (RFC 9001 §4.9.1), and may stop reading at one, such as that of a close.
            _path.IsValidated = true;
            DiscardSpace(LossDetector.InitialSpace);
        }

        bool isNewest = number > received.Largest;
        PayloadKind kind = ReceivePayload(space, payload[..^PacketKeys.TagLength], header.Destination, number, remote, ecn, now);
        OnAuthenticPacket(space, kind, isNewest, header.Destination, remote, datagramLength, now);
        return true;
    }

    private void OnAuthenticPacket(
        int space, PayloadKind kind, bool isNewest, in ConnectionId destination, SocketAddress remote, int bytes, long now)
    {
        _lastActivity = now;
        _hasSentSinceReceive = false;
        if (IsServer && isNewest && kind == PayloadKind.NonProbing && !remote.Equals(_path.Address))
        {
            Migrate(destination, remote, bytes, now);
        }

        if (isNewest && space == LossDetector.ApplicationSpace)
        {
            _destination = destination;
        }
    }

    private PacketKeys? ReadKeys(int space)
    {
        if (space != LossDetector.ApplicationSpace)
        {
            return _readKeys[space];
        }

        // A server has these keys early, and must not use them before it knows who the client is, RFC 9001 §5.7.
        return _isHandshakeComplete ? _applicationKeys?.Read : null;
    }

    private bool TryDecrypt(int space, Span<byte> packet, int payloadStart, long number, long now)
    {
        Span<byte> header = packet[..payloadStart];
        Span<byte> payload = packet[payloadStart..];
        if (space != LossDetector.ApplicationSpace)
        {
            return _readKeys[space]!.TryDecrypt(number, header, payload);
        }

        bool phase = (packet[0] & KeyPhaseBit) != 0;
        bool isAuthentic = _applicationKeys!.TryDecrypt(
            phase, number, header, payload, _recovery[space].NextNumber, _recovery.ProbeTimeout, now);
        if (_applicationKeys.IsIntegrityExhausted(_options.MaxForgedPackets))
        {
            throw new TransportException(TransportErrorCode.AeadLimitReached, "too many packets could not be authenticated");
        }

        return isAuthentic;
    }

    private void KeepEarly(ReadOnlySpan<byte> packet, int space)
    {
        bool isToCome = space == LossDetector.ApplicationSpace
            ? !_isHandshakeComplete
            : space == LossDetector.HandshakeSpace && _applicationKeys is null && !_recovery.IsHandshakeConfirmed;
        if (isToCome && packet.Length <= 2 * BaseDatagramSize && (_early?.Count ?? 0) < MaxEarlyPackets)
        {
            (_early ??= []).Add((space, packet.ToArray()));
        }
    }

    /// <summary>Receives the packets that came before their keys, where these are there now.</summary>
    private void ReceiveEarly(SocketAddress remote, long now)
    {
        for (int i = 0; i < _early?.Count;)
        {
            (int space, byte[] packet) = _early[i];
            if (ReadKeys(space) is null)
            {
                i++;
                continue;
            }

            _early.RemoveAt(i);
            ReceivePackets(packet, remote, ecn: 0, now);

            // It may have brought the keys of one before it.
            i = 0;
        }
    }

    private void CheckReset(ReadOnlySpan<byte> datagram)
    {
        if (_remoteIds.IsReset(datagram))
        {
            End(new CloseReason(CloseOrigin.StatelessReset, 0, IsApplication: false, "the peer has lost the connection's state"));
        }
    }

    private void OnVersionNegotiation(ReadOnlySpan<byte> packet, in PacketHeader header)
    {
        // One that lists our version was not meant, RFC 9000 §6.2.
        if (!IsServer && !_hasReceivedPacket && !_hasRetried && header.Source.Equals(_remoteIds.Current)
            && PacketWriter.TryReadVersionNegotiation(packet, out bool listsVersion1) && !listsVersion1)
        {
            End(new CloseReason(CloseOrigin.VersionNegotiation, 0, IsApplication: false, "the server does not speak QUIC version 1"));
        }
    }

    private void OnRetry(ReadOnlySpan<byte> packet, in PacketHeader header)
    {
        if (IsServer || _hasReceivedPacket || _hasRetried || header.Token.IsEmpty
            || header.Source.Equals(_originalDestination) || !RetryIntegrity.IsValid(_originalDestination, packet))
        {
            return;
        }

        _hasRetried = true;
        _token = header.Token.ToArray();
        _retrySource = header.Source;
        _remoteIds.ReplaceInitial(header.Source);
        InstallInitialKeys(header.Source);
        _recovery.LoseAll(LossDetector.InitialSpace);
    }
}
