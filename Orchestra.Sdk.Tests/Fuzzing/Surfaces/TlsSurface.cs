using System.Buffers.Binary;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Handshake messages that are changed on their way, or made up. A server completes no handshake of which a byte was changed, nothing but an
/// alert is thrown, and no more signatures are checked than there is a budget for.
/// </summary>
internal sealed class TlsSurface : FuzzSurface
{
    // What is done to a message, of all that are sent the one whose number is the argument.
    public const byte Exclusive = 0;
    public const byte Replaced = 1;
    public const byte LeftOut = 2;
    public const byte Twice = 3;
    public const byte AtLevel = 4;
    public const byte MessageBefore = 5;
    public const byte BytesBefore = 6;
    public const byte CutOff = 7;
    public const byte Longer = 8;
    public const byte Split = 9;
    public const byte Certificates = 10;
    public const byte WithoutExtension = 11;
    public const byte WithExtension = 12;
    private const byte Ops = 13;

    private const int MaxMessages = 16;

    // From ClientHello to the client's Finished.
    private const int Messages = 10;
    private const int HeaderLength = 4;
    private const byte ClientHello = 1;
    private const byte EncryptedExtensions = 8;
    private const byte Certificate = 11;

    private static readonly int[] Extensions =
        [HelloEditor.ServerName, HelloEditor.SupportedGroups, HelloEditor.SignatureAlgorithms, HelloEditor.Alpn, HelloEditor.SupportedVersions,
         HelloEditor.KeyShare, HelloEditor.TransportParameters, 41, 42, 44, 45, 49, 0x2a2a];

    private static readonly byte[][] Chains = MakeChain();

    public override string Name => "tls";

    public override bool IsRepeatable => false;

    public override bool IsQuic => true;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new Random(1);
            for (int i = 0; i < 60; i++)
            {
                yield return Script.Write(Make(random));
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random) => Script.Mutate(input, random, Make, Change);

    public override IEnumerable<byte[]> Smaller(byte[] input) => Script.Smaller(input);

    // A handshake, both ends, takes 250 KB; messages are held up to 64 KB.
    public override long MaxAllocated(byte[] input) => 6_000_000 + (200L * input.Length);

    public override string Run(byte[] input)
    {
        ILookup<int, Step> steps = Script.Read(input).Take(MaxMessages).ToLookup(static step => step.Argument % MaxMessages);
        using var pair = new TlsPair();
        int number = 0;
        var sent = new List<byte>[] { [], [] };
        var delivered = new List<byte>[] { [], [] };
        string outcome = "";
        bool? isAltered = null;
        try
        {
            pair.Run(Deliver);
        }
        catch (TlsAlertException alert)
        {
            outcome = alert.Message + " " + alert.TransportError;
        }

        isAltered ??= IsAltered();
        Require(isAltered == false || pair.Server.Completions == 0, "a handshake was altered and the server has completed it");
        Require(isAltered == true || outcome.Length > 0 || pair.IsComplete, "a handshake was not altered and is not complete");
        foreach (TlsSide side in (TlsSide[])[pair.Client, pair.Server])
        {
            Require(side.Handshake.SignaturesChecked <= SignatureBudget.MaxOfCertificates + 1, "more signatures were checked than may be");
            Require(side.Completions <= 1, "a handshake was completed twice");
        }

        Require(SameKeys(pair), "both have keys, and they are others");
        return $"{outcome} {pair.Client.Completions} {pair.Server.Completions} {number}";

        IEnumerable<(EncryptionLevel Level, byte[] Data)> Deliver(bool toServer, EncryptionLevel level, byte[] message)
        {
            int side = toServer ? 1 : 0;
            Note(sent[side], level, message);
            List<(EncryptionLevel Level, byte[] Data)> pieces = [(level, message)];
            foreach (Step step in steps[number++])
            {
                pieces = [.. pieces.SelectMany(piece => Do(step, piece.Level, piece.Data))];
            }

            foreach ((EncryptionLevel pieceLevel, byte[] data) in pieces)
            {
                if (pair.Server.Completions > 0)
                {
                    // What comes now is no part of it.
                    isAltered ??= IsAltered();
                }

                Note(delivered[side], pieceLevel, data);
                yield return (pieceLevel, data);
            }
        }

        bool IsAltered() => !sent[0].SequenceEqual(delivered[0]) || !sent[1].SequenceEqual(delivered[1]);
    }

    private static bool SameKeys(TlsPair pair) =>
        !pair.Client.Secrets.TryGetValue(EncryptionLevel.Application, out var ofClient)
        || !pair.Server.Secrets.TryGetValue(EncryptionLevel.Application, out var ofServer)
        || ofClient.Read.AsSpan().SequenceEqual(ofServer.Write);

    /// <summary>Each byte with its level, so that pieces make no difference.</summary>
    private static void Note(List<byte> all, EncryptionLevel level, byte[] data)
    {
        foreach (byte value in data)
        {
            all.Add((byte)level);
            all.Add(value);
        }
    }

    private static IEnumerable<(EncryptionLevel Level, byte[] Data)> Do(Step step, EncryptionLevel level, byte[] message)
    {
        byte[] data = step.Data;
        int at = data.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(data) % Math.Max(1, message.Length);
        byte[] rest = data.Length > 2 ? data[2..] : [];
        switch (step.Op % Ops)
        {
            case Exclusive:
                byte[] changed = [.. message];
                for (int i = 0; i < rest.Length && at + i < changed.Length; i++)
                {
                    changed[at + i] ^= rest[i];
                }

                return [(level, changed)];
            case Replaced:
                return [(level, Message(data))];
            case LeftOut:
                return [];
            case Twice:
                return [(level, message), (level, [.. message])];
            case AtLevel:
                return [((EncryptionLevel)(data.Length == 0 ? 0 : data[0] % 3), message)];
            case MessageBefore:
                return [(level, Message(data)), (level, message)];
            case BytesBefore:
                return [(level, data), (level, message)];
            case CutOff:
                return [(level, WithLength(message[..at]))];
            case Longer:
                return [(level, WithLength([.. message[..at], .. rest, .. message[at..]]))];
            case Split:
                return [(level, message[..at]), (level, message[at..])];
            case Certificates when Type(message) == Certificate:
                return [(level, Chain(message, data))];
            case WithoutExtension:
                return [(level, WithExtensions(message, extensions => extensions.Remove(Extensions[at % Extensions.Length])))];
            case WithExtension:
                return [(level, WithExtensions(message, extensions => extensions[Extensions[at % Extensions.Length]] = rest))];
            default:
                return [(level, message)];
        }
    }

    private static int Type(byte[] message) => message.Length > HeaderLength ? message[0] : -1;

    private static byte[] Message(byte[] data) => data.Length == 0 ? [] : HelloEditor.Message(data[0], data[1..]);

    private static byte[] WithLength(byte[] message) =>
        message.Length < HeaderLength ? message : HelloEditor.Message(message[0], message[HeaderLength..]);

    private static byte[] WithExtensions(byte[] message, Action<Dictionary<int, byte[]>> change)
    {
        try
        {
            return Type(message) switch
            {
                ClientHello => HelloEditor.EditClientHello(message, editor => change(editor.Extensions)),
                EncryptedExtensions => HelloEditor.EditEncryptedExtensions(message, editor => change(editor.Extensions)),
                _ => message,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // Another step has made it something else.
            return message;
        }
    }

    /// <summary>The Certificate message with other certificates; some of those that the data names are such as may have issued one another.</summary>
    private static byte[] Chain(byte[] message, byte[] data)
    {
        var list = new List<byte>();
        foreach (byte index in data.Take(40))
        {
            byte[] der = Chains[index % Chains.Length];
            list.AddRange([(byte)(der.Length >> 16), (byte)(der.Length >> 8), (byte)der.Length, .. der, 0, 0]);
        }

        return HelloEditor.Message(Certificate, [message[HeaderLength], (byte)(list.Count >> 16), (byte)(list.Count >> 8), (byte)list.Count, .. list]);
    }

    private static byte[][] MakeChain()
    {
        TestCertificate authority = TestIdentities.Authority;
        TestCertificate self = TestIdentities.Make(CertificateSpec.Authority with { Subject = "CN=again" }, issuer: null);
        TestCertificate[] again = [.. Enumerable.Range(0, 3).Select(i => TestIdentities.Make(
            CertificateSpec.Authority with { Subject = "CN=again", MoreExtensions = i }, self, self.Keys))];
        return
        [
            TestIdentities.Client.CertificateChain[0],
            TestIdentities.Server.CertificateChain[0],
            self.Issue(new CertificateSpec { Subject = "CN=leaf" }).Der,
            .. again.Select(static certificate => certificate.Der),
            self.Der,
            authority.Der,
            TestIdentities.ForeignAuthority.Der,
            authority.Issue(new CertificateSpec { IsEcdsa = true }).Der,
            authority.Issue(new CertificateSpec { MoreExtensions = 60 }).Der,
            authority.Issue(CertificateSpec.Authority with { Subject = "CN=again", PathLength = 0 }).Der,
        ];
    }

    private static Step Make(Random random)
    {
        byte op = (byte)random.Next(Ops);
        byte[] at = [(byte)random.Next(random.Next(3) == 0 ? 6 : 1), (byte)random.Next(256)];
        byte[] data = op switch
        {
            Exclusive => [.. at, .. random.Next(2) == 0 ? [(byte)(1 << random.Next(8))] : ByteMutations.Bytes(random, 3)],
            Replaced or MessageBefore => [(byte)random.Next(28), .. ByteMutations.Bytes(random, random.Next(random.Next(3) == 0 ? 300 : 12))],
            Certificates => ByteMutations.Bytes(random, random.Next(6)),
            _ => [.. at, .. ByteMutations.Bytes(random, random.Next(12))],
        };
        return new Step(op, random.Next(Messages), data);
    }

    private static Step Change(Step step, Random random) => random.Next(3) switch
    {
        0 => step with { Argument = random.Next(Messages) },
        1 => step with { Op = (byte)random.Next(Ops) },
        _ => step with { Data = ByteMutations.Mutate(step.Data, random) },
    };
}
