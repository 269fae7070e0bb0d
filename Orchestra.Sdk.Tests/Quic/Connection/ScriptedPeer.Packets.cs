using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Packets and keys of the scripted peer.</summary>
internal sealed partial class ScriptedPeer
{
    void ITlsOutput.SendCrypto(EncryptionLevel level, ReadOnlySpan<byte> data) => _crypto[(int)level].Send(data);

    void ITlsOutput.InstallSecrets(EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret)
    {
        _read[(int)level] = PacketKeys.Create(suite, readSecret);
        _write[(int)level] = PacketKeys.Create(suite, writeSecret);
    }

    void ITlsOutput.PeerTransportParameters(ReadOnlySpan<byte> encoded) => TransportParameters.Decode(encoded, fromServer: !_isServer);

    void ITlsOutput.HandshakeComplete() => IsHandshakeComplete = true;

    /// <summary>Uses the next keys from now on.</summary>
    /// <returns>The ones before.</returns>
    public PacketKeys UpdateKeys()
    {
        PacketKeys previous = WriteKeys;
        _write[(int)EncryptionLevel.Application] = previous.Next();
        _phase = !_phase;
        return previous;
    }

    /// <summary>Makes the keys of Initial packets anew, as after a Retry.</summary>
    public void InstallInitialKeys(in ConnectionId destination)
    {
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(destination);
        _read[0] = _isServer ? client : server;
        _write[0] = _isServer ? server : client;
    }

    /// <summary>A datagram with one packet. One with an Initial packet is filled up.</summary>
    public byte[] Packet(EncryptionLevel level, ReadOnlySpan<byte> frames, PacketSpec? spec = null)
    {
        spec ??= PacketSpec.Usual;
        int space = (int)level;
        PacketKeys keys = spec.Keys ?? _write[space] ?? throw new InvalidOperationException($"There are no keys at {level}.");
        long number = spec.Number ?? _nextNumber[space];
        _nextNumber[space] = Math.Max(_nextNumber[space], number + 1);
        return SealedPacket.Make(
            level, frames, spec.Destination ?? _destination, spec.Source ?? Id, keys, spec.Phase ?? _phase, number, spec);
    }

    private byte[] Take()
    {
        int length = Core.Send(_buffer, Now);
        byte[] datagram = _buffer[..length];
        if (length > 0)
        {
            Datagrams.Add((datagram, Core.RemoteAddress));
        }

        return datagram;
    }

    private byte[] TakeCrypto(EncryptionLevel level)
    {
        byte[] frames = new byte[MaxCryptoPiece];
        var writer = new SpanWriter(frames);
        var packet = Orchestra.Quic.Recovery.SentPacket.Rent();
        _crypto[(int)level].WriteFrames(ref writer, packet);
        packet.Return();
        return frames[..writer.Position];
    }

    private void Read(byte[] datagram)
    {
        Span<byte> rest = (byte[])datagram.Clone();
        while (!rest.IsEmpty && PacketHeader.TryParse(rest, Id.Length, out PacketHeader header))
        {
            int space = header.Type switch
            {
                PacketType.Initial => 0,
                PacketType.Handshake => 1,
                _ => 2,
            };
            if (header.IsLong)
            {
                _destination = header.Source;
            }

            if (_read[space] is { } keys)
            {
                Read(rest[..header.Length], header, space, keys);
            }

            rest = rest[header.Length..];
        }
    }

    private void Read(Span<byte> packet, in PacketHeader header, int space, PacketKeys keys)
    {
        Assert.That(HeaderProtection.TryRemove(packet, header.PacketNumberOffset, keys, out int numberLength, out long truncated));
        long number = PacketNumber.Decode(truncated, numberLength, _received[space].Largest);
        int payloadStart = header.PacketNumberOffset + numberLength;
        bool phase = space == 2 && (packet[0] & 0x04) != 0;
        if (phase != _readPhase && space == 2)
        {
            _readPhase = phase;
            _read[space] = keys = keys.Next();
        }

        Assert.That(keys.TryDecrypt(number, packet[..payloadStart], packet[payloadStart..]), "the connection sent what cannot be decrypted");
        byte[] payload = packet[payloadStart..^PacketKeys.TagLength].ToArray();
        _payloads.Add(((EncryptionLevel)space, payload));
        var reader = new FrameReader(payload);
        bool isAckEliciting = false;
        while (reader.TryRead(out Frame frame))
        {
            isAckEliciting |= frame.IsAckEliciting;
            if (frame.Type == FrameType.Crypto)
            {
                _crypto[space].Receive(frame);
                byte[] data = new byte[2000];
                int length;
                while ((length = _crypto[space].Read(data)) > 0)
                {
                    _tls.Receive((EncryptionLevel)space, data.AsSpan(0, length));
                }
            }
        }

        _received[space].Add(number, isAckEliciting, ecn: 0, Now);
    }
}
