using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class TransportParametersTests
{
    private const string Token = "000102030405060708090a0b0c0d0e0f";

    // Addresses and ports, then the connection id and the token.
    private const string PreferredAddress = "7f000001 01bb 00000000000000000000000000000001 01bb 04 01020304" + Token;

    private static readonly Gen<long> Integer = Gen.Select(Gen.Long[0, VarInt.MaxValue], Gen.Int[0, 62], (n, shift) => n >> shift);
    private static readonly Gen<ConnectionId?> Id = Gen.Byte.Array[0, 20].Null()
        .Select(bytes => bytes is null ? (ConnectionId?)null : ConnectionId.Of(bytes));

    private static readonly Gen<TransportParameters> Any =
        from ids in Gen.Select(Id, Id, Id)
        from token in Gen.Byte.Array[16].Null()
        from data in Gen.Select(Integer, Integer, Integer, Integer, Integer)
        from streams in Gen.Select(Gen.Long[0, 1L << 60], Gen.Long[0, 1L << 60])
        from size in Gen.Long[1200, VarInt.MaxValue]
        from delay in Gen.Select(Gen.Int[0, 20], Gen.Long[0, (1 << 14) - 1])
        from migration in Gen.Bool
        from limit in Gen.Long[2, VarInt.MaxValue]
        select new TransportParameters
        {
            OriginalDestinationConnectionId = ids.Item1,
            InitialSourceConnectionId = ids.Item2,
            RetrySourceConnectionId = ids.Item3,
            StatelessResetToken = token,
            MaxIdleTimeout = data.Item1,
            MaxUdpPayloadSize = size,
            InitialMaxData = data.Item2,
            InitialMaxStreamDataBidiLocal = data.Item3,
            InitialMaxStreamDataBidiRemote = data.Item4,
            InitialMaxStreamDataUni = data.Item5,
            InitialMaxStreamsBidi = streams.Item1,
            InitialMaxStreamsUni = streams.Item2,
            AckDelayExponent = delay.Item1,
            MaxAckDelay = delay.Item2,
            DisableActiveMigration = migration,
            ActiveConnectionIdLimit = limit,
        };

    [Test]
    public void Reads_what_it_wrote() =>
        Any.Sample(written => AssertSame(TransportParameters.Decode(written.Encode(), fromServer: true), written));

    [Test]
    public void Holds_all_at_their_longest()
    {
        var id = ConnectionId.Random(ConnectionId.MaxLength);
        var longest = new TransportParameters
        {
            OriginalDestinationConnectionId = id,
            InitialSourceConnectionId = id,
            RetrySourceConnectionId = id,
            StatelessResetToken = new byte[16],
            MaxIdleTimeout = VarInt.MaxValue,
            MaxUdpPayloadSize = VarInt.MaxValue,
            InitialMaxData = VarInt.MaxValue,
            InitialMaxStreamDataBidiLocal = VarInt.MaxValue,
            InitialMaxStreamDataBidiRemote = VarInt.MaxValue,
            InitialMaxStreamDataUni = VarInt.MaxValue,
            InitialMaxStreamsBidi = 1L << 60,
            InitialMaxStreamsUni = 1L << 60,
            AckDelayExponent = 20,
            MaxAckDelay = (1 << 14) - 1,
            DisableActiveMigration = true,
            ActiveConnectionIdLimit = VarInt.MaxValue,
        };

        AssertSame(TransportParameters.Decode(longest.Encode(), fromServer: true), longest);
    }

    [Test]
    public void What_is_not_there_has_its_default_and_costs_nothing()
    {
        var defaults = TransportParameters.Decode([], fromServer: false);

        AssertSame(defaults, new TransportParameters());
        Assert.That(defaults.MaxUdpPayloadSize, Is.EqualTo(65_527));
        Assert.That((defaults.AckDelayExponent, defaults.MaxAckDelay), Is.EqualTo((3, 25L)));
        Assert.That(defaults.ActiveConnectionIdLimit, Is.EqualTo(2));
        Assert.That(defaults.Encode(), Is.Empty);
    }

    [Test]
    public void Skips_what_it_does_not_know()
    {
        // One reserved for this (31 * N + 27), twice, then one of eight bytes.
        byte[] encoded = Hex.Parse("1b 02 ffff 1b 00 ffffffffffffffff 00 04 01 0a");

        Assert.That(TransportParameters.Decode(encoded, fromServer: false).InitialMaxData, Is.EqualTo(10));
    }

    [TestCase("00 01 aa", TestName = "A client sends original_destination_connection_id")]
    [TestCase("02 10" + Token, TestName = "A client sends stateless_reset_token")]
    [TestCase("0d 2d" + PreferredAddress, TestName = "A client sends preferred_address")]
    [TestCase("10 01 aa", TestName = "A client sends retry_source_connection_id")]
    public void Refuses_from_a_client_what_is_a_servers(string encoded)
    {
        Assert.That(Fault(encoded, fromServer: false), Is.EqualTo(TransportErrorCode.TransportParameterError));
        Assert.That(() => TransportParameters.Decode(Hex.Parse(encoded), fromServer: true), Throws.Nothing);
    }

    [TestCase("00 15 000000000000000000000000000000000000000000", TestName = "original_destination_connection_id of 21 bytes")]
    [TestCase("0f 15 000000000000000000000000000000000000000000", TestName = "initial_source_connection_id of 21 bytes")]
    [TestCase("10 15 000000000000000000000000000000000000000000", TestName = "retry_source_connection_id of 21 bytes")]
    [TestCase("02 0f 000102030405060708090a0b0c0d0e", TestName = "stateless_reset_token of 15 bytes")]
    [TestCase("02 11 000102030405060708090a0b0c0d0e0f10", TestName = "stateless_reset_token of 17 bytes")]
    [TestCase("03 02 44af", TestName = "max_udp_payload_size of 1199")]
    [TestCase("08 08 d000000000000001", TestName = "initial_max_streams_bidi over 2^60")]
    [TestCase("09 08 d000000000000001", TestName = "initial_max_streams_uni over 2^60")]
    [TestCase("0a 01 15", TestName = "ack_delay_exponent of 21")]
    [TestCase("0b 04 80004000", TestName = "max_ack_delay of 2^14")]
    [TestCase("0c 01 00", TestName = "disable_active_migration with a value")]
    [TestCase("0e 01 01", TestName = "active_connection_id_limit of 1")]
    [TestCase("0e 01 00", TestName = "active_connection_id_limit of 0")]
    [TestCase(
        "0d 29 7f000001 01bb 00000000000000000000000000000001 01bb 00" + Token,
        TestName = "preferred_address with an empty connection id")]
    [TestCase("0d 04 7f000001", TestName = "preferred_address without a connection id")]
    [TestCase("0d 2c 7f000001 01bb 00000000000000000000000000000001 01bb 04 01020304 000102030405060708090a0b0c0d0e",
        TestName = "preferred_address with a token of 15 bytes")]
    [TestCase("0d 2d" + PreferredAddress + "0f 00", TestName = "preferred_address of a server with an empty connection id")]
    [TestCase("0f 00 0d 2d" + PreferredAddress, TestName = "preferred_address after the empty connection id")]
    [TestCase("04 01 05 04 01 05", TestName = "The same twice")]
    [TestCase("10 01 aa 10 01 aa", TestName = "The last one twice")]
    [TestCase("04 00", TestName = "An empty integer")]
    [TestCase("04 02 05 05", TestName = "An integer and a rest")]
    [TestCase("04 01 45", TestName = "An integer that is cut off")]
    [TestCase("04", TestName = "No length")]
    [TestCase("44", TestName = "Half an id")]
    [TestCase("04 02 45", TestName = "Longer than all")]
    [TestCase("04 ffffffffffffffff 45", TestName = "Much longer than all")]
    public void Refuses(string encoded) =>
        Assert.That(Fault(encoded, fromServer: true), Is.EqualTo(TransportErrorCode.TransportParameterError));

    [TestCase(0x01)]
    [TestCase(0x03)]
    [TestCase(0x04)]
    [TestCase(0x05)]
    [TestCase(0x06)]
    [TestCase(0x07)]
    [TestCase(0x08)]
    [TestCase(0x09)]
    [TestCase(0x0A)]
    [TestCase(0x0B)]
    [TestCase(0x0E)]
    public void Refuses_what_is_no_integer(int id) => Assert.That(
        Fault($"{id:x2} 02 1000", fromServer: true), Is.EqualTo(TransportErrorCode.TransportParameterError));

    [Test]
    public void Nothing_that_comes_in_throws_anything_else()
    {
        Gen<byte[]> changed = Gen.Select(Any, Gen.Int[0, 1000], Gen.Byte, (parameters, at, value) =>
        {
            byte[] encoded = parameters.Encode();
            if (encoded.Length > 0)
            {
                encoded[at % encoded.Length] = value;
            }

            return encoded;
        });

        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 60], changed), Gen.Bool).Sample(
            (encoded, fromServer) =>
            {
                try
                {
                    TransportParameters.Decode(encoded, fromServer);
                }
                catch (TransportException e)
                {
                    return e.Code == TransportErrorCode.TransportParameterError;
                }

                return true;
            },
            iter: 100_000);
    }

    private static TransportErrorCode Fault(string encoded, bool fromServer) =>
        Assert.Throws<TransportException>(() => TransportParameters.Decode(Hex.Parse(encoded), fromServer))!.Code;

    private static void AssertSame(TransportParameters actual, TransportParameters expected) =>
        Assert.That(actual, Is.EqualTo(expected).UsingPropertiesComparer());
}
