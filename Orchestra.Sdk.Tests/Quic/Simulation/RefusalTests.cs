using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

[ReturnsBuffers]
public sealed class RefusalTests
{
    [Test]
    public void A_refused_client_is_told_in_packets_that_it_has_keys_for()
    {
        ConnectionOptions model = SimulatedPeers.Client();
        var client = new ConnectionOptions
        {
            IsServer = false,
            StatelessResetKey = model.StatelessResetKey,
            Tls = new TlsOptions
            {
                ApplicationProtocol = model.Tls.ApplicationProtocol,
                TrustedAuthorities = model.Tls.TrustedAuthorities,
                TargetName = model.Tls.TargetName,
                Time = model.Tls.Time,
            },
        };
        byte[] refusal = [];
        using var network = new SimulatedNetwork(seed: 1, new NetworkProfile(), client)
        {
            Tamper = (toServer, bytes) => toServer ? bytes : refusal = [.. bytes],
        };

        network.RunUntil(() => network.Client.CloseReason is not null);

        Assert.That(network.Client.CloseReason!.ErrorCode, Is.EqualTo(0x174));
        Assert.That(PacketHeader.TryParse(refusal, LocalConnectionIds.Length, out PacketHeader first));
        Assert.That(first.Type, Is.EqualTo(PacketType.Handshake), "some clients read no further than an Initial packet, RFC 9001 §4.9.1");
    }
}
