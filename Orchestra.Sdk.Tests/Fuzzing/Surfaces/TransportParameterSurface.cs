using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Transport parameters of a peer. What is taken is the same when it is written and read again, and a connection lives with it. The first
/// byte says by its lowest bit whether a server sends them, and by the next one whether a connection gets them.
/// </summary>
internal sealed class TransportParameterSurface : FuzzSurface
{
    private const int MaxParameters = 40;

    private readonly byte[] _data = new byte[2000];

    public override string Name => "parameters";

    public override bool IsQuic => true;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new Random(1);
            for (int i = 0; i < 40; i++)
            {
                yield return [(byte)(i % 4), .. RandomParameter(random), .. RandomParameter(random)];
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random)
    {
        if (input.Length == 0)
        {
            return [(byte)random.Next(4)];
        }

        List<byte[]> parameters = Parts(input.AsSpan(1));
        int at = parameters.Count == 0 ? 0 : random.Next(parameters.Count);
        switch (parameters.Count == 0 ? 9 : random.Next(10))
        {
            case 0:
                parameters.RemoveAt(at);
                break;
            case 1:
                parameters.Insert(random.Next(parameters.Count + 1), parameters[at]);
                break;
            case < 5:
                parameters[at] = RandomNumbers.ChangeOne(parameters[at], random);
                break;
            default:
                parameters.Insert(random.Next(parameters.Count + 1), RandomParameter(random));
                break;
        }

        byte first = random.Next(8) == 0 ? (byte)random.Next(4) : input[0];
        return [first, .. parameters.Take(MaxParameters).SelectMany(static parameter => parameter)];
    }

    public override long MaxAllocated(byte[] input) => 1_000_000 + (20L * input.Length);

    public override string Run(byte[] input)
    {
        bool fromServer = input.Length > 0 && (input[0] & 1) != 0;
        byte[] encoded = input.Length == 0 ? [] : input[1..];
        TransportParameters parameters;
        try
        {
            parameters = TransportParameters.Decode(encoded, fromServer);
        }
        catch (TransportException exception)
        {
            Require(exception.Code == TransportErrorCode.TransportParameterError, $"they were refused with {exception.Code}");
            return string.Concat(exception.Message.Where(static c => !char.IsDigit(c)));
        }

        byte[] written = parameters.Encode();
        Require(TransportParameters.Decode(written, fromServer).Encode().AsSpan().SequenceEqual(written), "they are others when they were written");
        return input.Length > 0 && (input[0] & 2) != 0 ? Live(written, fromServer) : $"taken {written.Length}";
    }

    /// <summary>A connection whose peer said so sends, waits and is answered.</summary>
    private string Live(byte[] parameters, bool fromServer)
    {
        using var connection = new ForgedConnection(SimulatedPeers.Options(isServer: !fromServer), Stage.Connected, parameters);
        connection.Pump();
        if (connection.Core.TryOpenStream(bidirectional: true, out long id))
        {
            connection.Core.WriteStream(id, _data, fin: false);
            connection.Pump();
        }

        connection.Acknowledge(EncryptionLevel.Application);
        connection.Send(EncryptionLevel.Application, ScriptedFrames.AckWithDelay(VarInt.MaxValue));
        connection.Send(EncryptionLevel.Application, ScriptedFrames.Stream(fromServer ? 1 : 0, _data.AsSpan(0, 100)));
        foreach (long time in (ReadOnlySpan<long>)[1_000, 100_000, 20_000_000])
        {
            connection.Advance(time);
        }

        Require(connection.Core.CloseReason?.Origin is not CloseOrigin.Fault, "the connection closed for a fault of its own");
        string outcome = $"{connection.Core.State} {connection.Core.CloseReason?.Reason} {Math.Min(connection.Sent, 10)}";
        connection.Advance(1L << 42);
        Require(connection.Core.State == ConnectionState.Closed, "a connection that nothing comes on never ends");
        return outcome;
    }

    private static List<byte[]> Parts(ReadOnlySpan<byte> encoded)
    {
        var parts = new List<byte[]>();
        while (!encoded.IsEmpty && parts.Count < MaxParameters)
        {
            var reader = new SpanReader(encoded);
            int length = reader.TryReadVarInt(out _) && reader.TryReadVarInt(out long size) && reader.TryReadBytes(size, out _)
                ? reader.Position
                : encoded.Length;
            parts.Add(encoded[..length].ToArray());
            encoded = encoded[length..];
        }

        return parts;
    }

    private static byte[] RandomParameter(Random random)
    {
        var id = (TransportParameterId)random.Next(random.Next(8) == 0 ? 200 : (int)TransportParameterId.RetrySourceConnectionId + 1);
        byte[] value = id switch
        {
            TransportParameterId.OriginalDestinationConnectionId or TransportParameterId.InitialSourceConnectionId
                or TransportParameterId.RetrySourceConnectionId => ByteMutations.Bytes(random, random.Next(22)),
            TransportParameterId.StatelessResetToken => ByteMutations.Bytes(random, 15 + random.Next(3)),
            TransportParameterId.DisableActiveMigration => ByteMutations.Bytes(random, random.Next(8) == 0 ? 1 : 0),
            TransportParameterId.PreferredAddress => [.. ByteMutations.Bytes(random, 24), 8, .. ByteMutations.Bytes(random, 24)],
            _ => RandomNumbers.Encode(RandomNumbers.Next(random), random),
        };
        return [.. RandomNumbers.Encode((long)id, random), .. RandomNumbers.Encode(value.Length, random), .. value];
    }
}
