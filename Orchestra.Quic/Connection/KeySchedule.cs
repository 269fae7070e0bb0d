using Orchestra.Quic.Protection;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>When keys come, change and go, RFC 9001 §4.9, §5 and §6.</summary>
internal sealed class KeySchedule(PacketSpaces spaces, HandshakeStatus handshake, ConnectionOptions options) : IDisposable
{
    private const int KeyPhaseBit = 0x04;

    // Those of the application space.
    private ApplicationKeys? _application;
    private bool _updateWanted;

    /// <summary>Is told of new keys; null where nobody wants to know.</summary>
    public ConnectionLog? Log { get; init; }

    /// <summary>The key phase bit of the 1-RTT packets that we send.</summary>
    public bool Phase => _application!.Phase;

    /// <summary>Makes the keys of Initial packets of a connection id, the client's choice or a Retry's.</summary>
    public void InstallInitial(in ConnectionId destination)
    {
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(destination);
        spaces.Initial.InstallKeys(options.IsServer ? new SpaceKeys(client, server) : new SpaceKeys(server, client));
    }

    public void Install(EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret)
    {
        PacketKeys read = PacketKeys.Create(suite, readSecret);
        PacketKeys write = PacketKeys.Create(suite, writeSecret);
        if (level == EncryptionLevel.Application)
        {
            _application = new ApplicationKeys(read, write);
            spaces.Application.InstallKeys(_application);
            Log?.OnKeys("1rtt", "tls");
        }
        else
        {
            spaces.Handshake.InstallKeys(new SpaceKeys(read, write));
            Log?.OnKeys("handshake", "tls");
            handshake.HasHandshakeKeys = true;
        }
    }

    /// <summary>The keys that packets of a space may be opened with now; null where there are none.</summary>
    public PacketKeys? ReadKeys(PacketSpace space)
    {
        // A server has these keys early, and must not use them before it knows who the client is, RFC 9001 §5.7.
        return space.IsApplication && !handshake.IsComplete ? null : space.Keys?.Read;
    }

    /// <summary>Whether keys to open packets of a space may still come.</summary>
    public bool IsExpectingReadKeys(PacketSpace space) => space.Id switch
    {
        PacketNumberSpace.Application => !handshake.IsComplete,
        PacketNumberSpace.Handshake => _application is null && !handshake.IsConfirmed,
        _ => false,
    };

    /// <summary>Decrypts a packet in place.</summary>
    /// <param name="space">Its space, of which there are keys.</param>
    /// <param name="packet">The packet, its header unprotected.</param>
    /// <param name="payloadStart">Where the header ends.</param>
    /// <param name="number">Its number.</param>
    /// <param name="probeTimeout">How long old packets may still arrive is a multiple of it.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is authentic.</returns>
    /// <exception cref="TransportException">Too many were not, or the peer updates its keys as it must not.</exception>
    public bool TryDecrypt(PacketSpace space, Span<byte> packet, int payloadStart, long number, long probeTimeout, long now)
    {
        Span<byte> header = packet[..payloadStart];
        Span<byte> payload = packet[payloadStart..];
        if (!space.IsApplication)
        {
            return space.Keys!.Read.TryDecrypt(number, header, payload);
        }

        bool phase = (packet[0] & KeyPhaseBit) != 0;
        bool before = _application!.Phase;
        bool isAuthentic = _application.TryDecrypt(phase, number, header, payload, space.Sent.NextNumber, probeTimeout, now);
        if (_application.Phase != before)
        {
            Log?.OnKeys("1rtt", "remote_update");
        }

        if (_application.IsIntegrityExhausted(options.MaxForgedPackets))
        {
            throw new TransportException(TransportErrorCode.AeadLimitReached, "too many packets could not be authenticated");
        }

        return isAuthentic;
    }

    /// <summary>A 1-RTT packet just decrypted acknowledges packets up to a number.</summary>
    /// <exception cref="TransportException">Who saw our new keys must answer with new ones.</exception>
    public void OnAcknowledged(long largest) => _application!.OnAcknowledged(largest);

    /// <summary>A 1-RTT packet of ours acknowledges what came.</summary>
    public void OnAckSent() => _application!.OnAckSent();

    /// <summary>Begins to use new keys at the next chance, RFC 9001 §6.</summary>
    public void RequestUpdate() => _updateWanted = true;

    /// <summary>Changes the keys where they were used for long, or somebody asked for it, and the peer can follow.</summary>
    /// <exception cref="TransportException">They are used up.</exception>
    public void UpdateIfDue()
    {
        if (_application is not { } keys)
        {
            return;
        }

        SentSpace sent = spaces.Application.Sent;
        long interval = Math.Min(options.KeyUpdateInterval, keys.Write.ConfidentialityLimit / 2);
        if (handshake.IsConfirmed
            && (_updateWanted || keys.Used(sent.NextNumber) >= interval)
            && keys.CanUpdate(sent.LargestAcknowledged))
        {
            _updateWanted = false;
            keys.Update(sent.NextNumber);
            Log?.OnKeys("1rtt", "local_update");
        }
        else if (keys.IsConfidentialityExhausted(sent.NextNumber, options.MaxPacketsPerKey))
        {
            throw new TransportException(TransportErrorCode.AeadLimitReached, "a key is used up, and the peer follows to no other");
        }
    }

    /// <summary>Nothing is sent or received any more.</summary>
    public void Dispose()
    {
        foreach (PacketSpace space in spaces.All)
        {
            space.DiscardKeys();
        }

        _application = null;
    }
}
