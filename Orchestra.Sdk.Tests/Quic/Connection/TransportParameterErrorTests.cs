using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>
/// Bad transport parameters end a connection: RFC 9000 §7.3, §7.4 and §18.2 (CVE-2026-31812, CVE-2026-40170). Every way in which one can
/// be malformed is in <see cref="Wire.TransportParametersTests"/>.
/// </summary>
[ReturnsBuffers]
internal sealed class TransportParameterErrorTests
{
    private static readonly ConnectionId Other = ConnectionId.Of([9, 9, 9, 9, 9, 9, 9, 9]);

    [Test]
    public void Closes_for_malformed_ones(
        [Values] bool isServer, [Values("03 02 44af", "0a 01 15", "0b 04 80004000", "0e 01 01", "04", "04 01 45", "04 00", "0c 01 00")] string added)
    {
        // Those that the usual ones hold too are there twice then, and no better for it.
        using var peer = new ScriptedPeer(isServer, encode: parameters => [.. parameters.Encode(), .. Hex.Parse(added)]);
        peer.Shake();
        peer.AssertClosed(TransportErrorCode.TransportParameterError);
    }

    [TestCase("00 01 aa", TestName = "original_destination_connection_id from a client")]
    [TestCase("02 10 000102030405060708090a0b0c0d0e0f", TestName = "stateless_reset_token from a client")]
    [TestCase("10 01 aa", TestName = "retry_source_connection_id from a client")]
    public void Closes_for_what_is_a_servers(string added)
    {
        using var peer = new ScriptedPeer(isServer: false, encode: parameters => [.. parameters.Encode(), .. Hex.Parse(added)]);
        peer.Shake();
        peer.AssertClosed(TransportErrorCode.TransportParameterError);
    }

    [Test]
    public void Closes_where_the_source_id_is_missing_or_another([Values] bool isServer, [Values] bool isMissing) =>
        AssertCloses(isServer, parameters => parameters.InitialSourceConnectionId = isMissing ? null : Other);

    [Test]
    public void Closes_where_the_original_destination_is_missing_or_another([Values] bool isMissing) =>
        AssertCloses(isServer: true, parameters => parameters.OriginalDestinationConnectionId = isMissing ? null : Other);

    [Test]
    public void Closes_where_a_server_tells_of_a_retry_that_was_none() =>
        AssertCloses(isServer: true, parameters => parameters.RetrySourceConnectionId = Other);

    [Test]
    public void Takes_the_largest_values_that_there_are([Values] bool isServer)
    {
        using var peer = new ScriptedPeer(isServer, change: parameters =>
        {
            parameters.MaxIdleTimeout = VarInt.MaxValue;
            parameters.MaxUdpPayloadSize = VarInt.MaxValue;
            parameters.InitialMaxData = VarInt.MaxValue;
            parameters.InitialMaxStreamDataBidiLocal = VarInt.MaxValue;
            parameters.InitialMaxStreamDataBidiRemote = VarInt.MaxValue;
            parameters.InitialMaxStreamDataUni = VarInt.MaxValue;
            parameters.InitialMaxStreamsBidi = FrameReader.MaxStreams;
            parameters.InitialMaxStreamsUni = FrameReader.MaxStreams;
            parameters.AckDelayExponent = 20;
            parameters.MaxAckDelay = (1 << 14) - 1;
            parameters.ActiveConnectionIdLimit = VarInt.MaxValue;
        });
        peer.Shake();

        // With the largest delay that an acknowledgment can tell.
        peer.Send(Orchestra.Quic.Tls.EncryptionLevel.Application, "01 02 00 ffffffffffffffff 00 00");
        peer.Advance(1_000_000);

        peer.AssertOpen();
        Assert.That(peer.Core.LocalIds.Count(), Is.EqualTo(4));
        Assert.That(peer.Core.TryOpenStream(bidirectional: true, out long id));
        Assert.That(peer.Core.WriteStream(id, new byte[5000], fin: true), Is.EqualTo(5000));
    }

    private static void AssertCloses(bool isServer, Action<TransportParameters> change)
    {
        using var peer = new ScriptedPeer(isServer, change: change);
        peer.Shake();
        peer.AssertClosed(TransportErrorCode.TransportParameterError);
    }
}
