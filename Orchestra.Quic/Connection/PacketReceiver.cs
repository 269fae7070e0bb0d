using Orchestra.Quic.Protection;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From a datagram to the payloads of its packets, RFC 9000 §12.</summary>
internal sealed class PacketReceiver(ConnectionParts parts, FrameReceiver frames)
{
    private const int ShortReservedBits = 0x18;
    private const int LongReservedBits = 0x0c;

    private bool _hasReceivedPacket;
    private bool _hasRetried;

    // The id in the newest packet: the peer moved by its own will if another comes with another address.
    private ConnectionId _destination;

    /// <summary>Takes a datagram for an open connection.</summary>
    /// <exception cref="TransportException">The peer broke a rule.</exception>
    /// <exception cref="Tls.TlsAlertException">It did so in the handshake.</exception>
    public void Receive(in ReceivedDatagram datagram)
    {
        if (datagram.Remote.Equals(parts.Paths.Current.Address))
        {
            parts.Paths.Current.OnReceived(datagram.Bytes.Length);
        }
        else if (!parts.IsServer || !parts.Handshake.Status.IsConfirmed)
        {
            // A server does not move, and nobody moves before the handshake is done.
            return;
        }

        ReceivePackets(datagram);
        while (!parts.Close.HasBegun && parts.Early.TryTake(out byte[]? packet))
        {
            ReceivePackets(new ReceivedDatagram(packet, datagram.Remote, ecn: 0, datagram.Now));
        }
    }

    private void ReceivePackets(in ReceivedDatagram datagram)
    {
        Span<byte> rest = datagram.Bytes;
        ConnectionId destination = default;
        while (!rest.IsEmpty && !parts.Close.HasBegun)
        {
            if (!PacketHeader.TryParse(rest, LocalConnectionIds.Length, out PacketHeader header))
            {
                CheckReset(datagram.Bytes);
                return;
            }

            // Packets of one datagram are for one connection, RFC 9000 §12.2.
            if (rest.Length == datagram.Bytes.Length)
            {
                destination = header.Destination;
            }
            else if (!destination.Equals(header.Destination))
            {
                return;
            }

            if (!TryReceivePacket(rest[..header.Length], header, datagram) && header.Type == PacketType.OneRtt)
            {
                CheckReset(datagram.Bytes);
            }

            rest = rest[header.Length..];
        }
    }

    /// <returns>False where the packet could not be authenticated.</returns>
    private bool TryReceivePacket(Span<byte> bytes, in PacketHeader header, in ReceivedDatagram datagram)
    {
        switch (header.Type)
        {
            case PacketType.VersionNegotiation:
                OnVersionNegotiation(bytes, header);
                return true;
            case PacketType.Retry:
                OnRetry(bytes, header);
                return true;
            case PacketType.UnknownVersion or PacketType.ZeroRtt:
                return true;
            case PacketType.Initial when parts.IsServer
                ? datagram.Bytes.Length < ConnectionCore.BaseDatagramSize
                : !header.Token.IsEmpty:
                // RFC 9000 §14.1 and §17.2.2: too small from a client, or with a token from a server.
                return true;
        }

        PacketSpace space = header.Type switch
        {
            PacketType.Initial => parts.Spaces.Initial,
            PacketType.Handshake => parts.Spaces.Handshake,
            _ => parts.Spaces.Application,
        };
        if (parts.Keys.ReadKeys(space) is not { } keys)
        {
            parts.Early.Keep(space, bytes);
            return true;
        }

        // The peer's first packet fixes its id; others belong to somebody else, RFC 9000 §7.2.
        bool isFirst = !parts.IsServer && !_hasReceivedPacket;
        if (header.IsLong && !isFirst && !header.Source.Equals(parts.RemoteIds.Current))
        {
            return true;
        }

        if (!TryOpen(bytes, header, space, keys, datagram.Now, out ReceivedPacket packet))
        {
            return false;
        }

        if (!space.Received.Contains(packet.Number))
        {
            Accept(packet, header, bytes[0], datagram);
        }

        return true;
    }

    /// <summary>Removes the protection of a packet.</summary>
    private bool TryOpen(Span<byte> bytes, in PacketHeader header, PacketSpace space, PacketKeys keys, long now, out ReceivedPacket packet)
    {
        packet = default;
        if (!HeaderProtection.TryRemove(bytes, header.PacketNumberOffset, keys, out int numberLength, out long truncated))
        {
            return false;
        }

        long number = PacketNumber.Decode(truncated, numberLength, space.Received.Largest);
        int payloadStart = header.PacketNumberOffset + numberLength;
        if (bytes.Length - payloadStart < PacketKeys.TagLength
            || !parts.Keys.TryDecrypt(space, bytes, payloadStart, number, parts.Recovery.Probe.Period, now))
        {
            return false;
        }

        packet = new ReceivedPacket(space, number, header.Destination, bytes[payloadStart..^PacketKeys.TagLength]);
        return true;
    }

    /// <summary>Takes a packet that is authentic and news.</summary>
    private void Accept(in ReceivedPacket packet, in PacketHeader header, byte firstByte, in ReceivedDatagram datagram)
    {
        if ((firstByte & (header.IsLong ? LongReservedBits : ShortReservedBits)) != 0)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "the reserved bits of a packet were set");
        }

        if (!parts.IsServer && !_hasReceivedPacket)
        {
            parts.RemoteIds.ReplaceInitial(header.Source);
        }

        _hasReceivedPacket = true;
        if (parts.IsServer && packet.Space.Id == PacketNumberSpace.Handshake)
        {
            // Only who got our Initial could send it, RFC 9000 §8.1; whatever comes of its content. Who has the keys for it
            // has none for Initial packets any more (RFC 9001 §4.9.1), and may stop reading at one, such as that of a close.
            parts.Paths.Current.IsValidated = true;
            parts.Handshake.EndSpace(parts.Spaces.Initial);
        }

        parts.Log?.OnReceived(Logged(packet, header));
        bool isNewest = packet.Number > packet.Space.Received.Largest;
        bool mayShowMove = frames.Receive(packet, datagram) && isNewest && parts.IsServer;
        parts.Timers.OnReceived(datagram.Now);
        if (mayShowMove && !datagram.Remote.Equals(parts.Paths.Current.Address))
        {
            if (!packet.Destination.Equals(_destination))
            {
                // By its own will: an id that both paths see would tie them together, RFC 9000 §9.5.
                parts.RemoteIds.Change();
            }

            parts.Paths.Migrate(datagram, parts.Spaces.Application.Sent.NextNumber);
        }

        if (isNewest && packet.Space.IsApplication)
        {
            _destination = packet.Destination;
        }
    }

    private LoggedPacket Logged(in ReceivedPacket packet, in PacketHeader header) => new()
    {
        Space = packet.Space.Id,
        Number = packet.Number,
        Destination = header.Destination,
        Source = header.Source,
        Length = header.Length,
        Payload = packet.Payload,
        AckDelayExponent = parts.Handshake.PeerParameters?.AckDelayExponent ?? TransportParameters.DefaultAckDelayExponent,
    };

    private void CheckReset(ReadOnlySpan<byte> datagram)
    {
        if (parts.RemoteIds.IsReset(datagram))
        {
            parts.Close.End(CloseOrigin.StatelessReset, "the peer has lost the connection's state");
        }
    }

    private void OnVersionNegotiation(ReadOnlySpan<byte> packet, in PacketHeader header)
    {
        // One that lists our version was not meant, RFC 9000 §6.2.
        if (!parts.IsServer && !_hasReceivedPacket && !_hasRetried && header.Source.Equals(parts.RemoteIds.Current)
            && PacketWriter.TryReadVersionNegotiation(packet, out bool listsVersion1) && !listsVersion1)
        {
            parts.Close.End(CloseOrigin.VersionNegotiation, "the server does not speak QUIC version 1");
        }
    }

    private void OnRetry(ReadOnlySpan<byte> packet, in PacketHeader header)
    {
        ConnectionId original = parts.Handshake.OriginalDestination;
        if (parts.IsServer || _hasReceivedPacket || _hasRetried || header.Token.IsEmpty
            || header.Source.Equals(original) || !RetryIntegrity.IsValid(original, packet))
        {
            return;
        }

        _hasRetried = true;
        parts.Handshake.OnRetry(header.Source, header.Token);
        parts.RemoteIds.ReplaceInitial(header.Source);
        parts.Keys.InstallInitial(header.Source);
        parts.Recovery.LoseAll(PacketNumberSpace.Initial);
    }
}
