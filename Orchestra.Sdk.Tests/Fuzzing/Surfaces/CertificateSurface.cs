using System.Security.Cryptography;
using System.Text;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Quic.Tls;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// Files of certificates as a damaged disk, another tool or somebody's hand leaves them. They are taken or refused in one way; what is taken is
/// what was signed; and the engine, to which a peer sends such certificates, refuses in one way too.
/// </summary>
internal sealed class CertificateSurface : FuzzSurface
{
    // The argument's lowest bits say which of the four files.
    public const byte Text = 0;
    public const byte TextChanged = 1;
    public const byte DerChanged = 2;

    // A value within, in a certificate that is not signed again, and in one that is.
    public const byte ValueChanged = 3;
    public const byte ValueChangedAndSigned = 4;

    public const byte Copied = 5;
    public const byte Missing = 6;
    public const byte Later = 7;
    private const byte Ops = 8;

    private const int AuthorityCertificate = 0;
    private const int AuthorityKey = 1;
    private const int LeafCertificate = 2;
    private const string LeafName = "tools.greet";

    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Ed25519PrivateKeyParameters CaKey = new(Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly Ed25519PrivateKeyParameters LeafKey = new(Enumerable.Repeat((byte)9, 32).ToArray());

    // SEQUENCE { 1.3.101.112 }
    private static readonly byte[] Ed25519 = [0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70];

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _paths;
    private readonly byte[][] _whole;
    private readonly byte[]?[] _onDisk = new byte[]?[4];

    public CertificateSurface()
    {
        _paths = [_folder.File("ca.crt"), _folder.File("ca.key"), _folder.File($"{LeafName}.crt"), _folder.File($"{LeafName}.key")];
        new FilePair(_folder.Path, "ca").Create(WithFixedSerial(CertificateWriter.Authority(CaKey, Begin)), CaKey);
        CertificateAuthority authority = new AuthorityFiles(_folder.Path).Load(Begin)!;
        new FilePair(_folder.Path, LeafName).Replace(WithFixedSerial(CertificateWriter.Leaf(LeafName, LeafKey, authority, Begin)), LeafKey);
        _whole = [.. _paths.Select(File.ReadAllBytes)];
    }

    public override string Name => "certificates";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            yield return [];
            var random = new Random(1);
            for (int i = 0; i < 100; i++)
            {
                yield return Script.Write(Make(random));
            }
        }
    }

    public override byte[] Mutate(byte[] input, Random random) => Script.Mutate(input, random, Make, Change);

    public override IEnumerable<byte[]> Smaller(byte[] input) => Script.Smaller(input);

    public override long MaxAllocated(byte[] input) => 4_000_000 + (100L * input.Length) + (200_000L * Script.Read(input).Count);

    public override string Run(byte[] input)
    {
        byte[]?[] files = [.. _whole];
        DateTimeOffset now = Begin;
        bool isSigned = false;
        foreach (Step step in Script.Read(input).Take(8))
        {
            int file = step.Argument % 4;
            files[file] = Changed(step, files, file, ref now);
            isSigned |= step.Op % Ops == ValueChangedAndSigned;
        }

        for (int i = 0; i < files.Length; i++)
        {
            Put(i, files[i]);
        }

        return $"{Load(now, isSigned)}; {Check(files[AuthorityCertificate], files[LeafCertificate])}";
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    private static byte[]? Changed(Step step, byte[]?[] files, int file, ref DateTimeOffset now)
    {
        byte[] text = files[file] ?? [];
        switch (step.Op % Ops)
        {
            case Text:
                return step.Data;
            case TextChanged:
                return Exclusive(text, step.Argument >> 2, step.Data);
            case DerChanged:
                return Der(text) is { } der ? Pem(file, Exclusive(der, step.Argument >> 2, step.Data)) : text;
            case ValueChanged or ValueChangedAndSigned:
                return Der(text) is { } whole && DerTree.Read(whole) is { } tree
                    ? Pem(file, WithValue(tree, step, mayMove: step.Op % Ops == ValueChanged || file is AuthorityKey or 3))
                    : text;
            case Copied:
                return files[(step.Argument >> 2) % files.Length];
            case Missing:
                return null;
            default:
                now = Begin.AddHours(((step.Argument >> 2) - 10) * 24L);
                return text;
        }
    }

    /// <summary>What the store says of the authority and the leaf.</summary>
    private string Load(DateTimeOffset now, bool isSigned)
    {
        CertificateAuthority? authority;
        try
        {
            authority = new AuthorityFiles(_folder.Path).Load(now);
        }
        catch (CertificateException exception)
        {
            return Words(exception.Message);
        }

        if (authority is null)
        {
            return "no authority";
        }

        CertificateContent content = authority.Content;
        Require(
            isSigned || content.IsOfAnotherKey || content.IsSignedBy(content), "an authority was taken that its key did not sign");
        RequireSame(content);
        _ = authority.Subject + authority.SerialNumber + authority.ExportCertificatePem();
        Leaf leaf = new LeafFiles(_folder.Path, LeafName, authority).Load(now);
        if (leaf.Certificate is { } certificate)
        {
            Require(certificate.Content.IsSignedBy(content), "a leaf was taken that the authority did not sign");
            RequireSame(certificate.Content);
            _ = certificate.Subject + certificate.SerialNumber;
        }

        return $"an authority and {Words(leaf.Fault ?? "a leaf")}";
    }

    private static void RequireSame(CertificateContent content)
    {
        CertificateContent again = CertificateContent.Parse(content.Encoded);
        Require(
            again.Subject.Span.SequenceEqual(content.Subject.Span) && again.PublicKey.AsSpan().SequenceEqual(content.PublicKey)
                && again.NotAfter == content.NotAfter,
            "a certificate that was taken is another one when it is read again");
    }

    /// <summary>What the engine says of the leaf under the authority.</summary>
    private static string Check(byte[]? authority, byte[]? leaf)
    {
        try
        {
            if (Der(authority ?? []) is not { } authorityDer || Der(leaf ?? []) is not { } leafDer)
            {
                return "no PEM";
            }

            ParsedCertificate parsed = ParsedCertificate.Parse(leafDer, new SignatureBudget());
            _ = parsed.ToString();
            TlsOptions options = TlsPair.Options(identity: null, "localhost", authorities: [authorityDer]);
            _ = ParsedCertificate.Parse(authorityDer);
            var budget = new SignatureBudget();
            CertificateChecker.Check([parsed, ParsedCertificate.Parse(authorityDer, budget)], options, CertificatePurpose.Server, budget);
            return "trusted";
        }
        catch (TlsAlertException exception)
        {
            return Words(exception.Message);
        }
    }

    // Without names, numbers and places, of which any bytes may be part.
    private static string Words(string message) => string.Concat(message.Split('\'')[^1].Where(static c => char.IsAsciiLetter(c) || c == ' '));

    private static byte[] WithValue(DerTree tree, Step step, bool mayMove)
    {
        byte[] data = step.Data.Length > 2 ? step.Data[2..] : [];
        int which = step.Argument >> 2;
        int how = step.Data.Length > 0 ? step.Data[0] : 0;
        if (mayMove)
        {
            tree.Change(which, how, data);
            return tree.Encode();
        }

        // A certificate: its body, the algorithm and a signature.
        DerTree[] all = [.. tree.All];
        if (all.Length < 2)
        {
            return tree.Encode();
        }

        DerTree body = tree.Child(0);
        body.Change(which, how, data);
        return Signed(body.Encode());
    }

    /// <summary>The same with a serial number that is not random: else each run would have other inputs.</summary>
    private static CertificateContent WithFixedSerial(CertificateContent content)
    {
        // Behind the body itself, the version and its number.
        const int SerialNumber = 3;
        DerTree body = DerTree.Read(content.Encoded)!.Child(0);
        body.Change(SerialNumber, how: 0, [.. Enumerable.Range(1, 16).Select(static i => (byte)i)]);
        return CertificateContent.Parse(Signed(body.Encode()));
    }

    private static byte[] Signed(byte[] signed)
    {
        byte[] signature = DerTree.Encode([0x03], [0, .. Ed25519Key.Sign(CaKey, signed)]);
        return DerTree.Encode([0x30], [.. signed, .. Ed25519, .. signature]);
    }

    private void Put(int file, byte[]? content)
    {
        if (content is null)
        {
            File.Delete(_paths[file]);
        }
        else if (_onDisk[file] is not { } there || !there.AsSpan().SequenceEqual(content))
        {
            File.WriteAllBytes(_paths[file], content);
        }

        _onDisk[file] = content;
    }

    private static byte[] Exclusive(byte[] bytes, int at, byte[] changes)
    {
        byte[] changed = [.. bytes];
        for (int i = 0; i < changes.Length && changed.Length > 0; i++)
        {
            changed[(at + i) % changed.Length] ^= changes[i];
        }

        return changed;
    }

    private static byte[] Pem(int file, byte[] der) =>
        Encoding.ASCII.GetBytes(PemEncoding.WriteString(file % 2 == 0 ? PemFile.CertificateLabel : PemFile.KeyLabel, der));

    private static byte[]? Der(byte[] text)
    {
        if (!PemEncoding.TryFindUtf8(text, out PemFields fields))
        {
            return null;
        }

        return Convert.FromBase64String(Encoding.ASCII.GetString(text[fields.Base64Data]));
    }

    private static Step Make(Random random)
    {
        byte op = (byte)random.Next(random.Next(2) == 0 ? Ops : 5);
        byte[] data = op switch
        {
            Text => Encoding.ASCII.GetBytes(random.Next(2) == 0 ? "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----" : ""),
            ValueChanged or ValueChangedAndSigned => [(byte)random.Next(6), 0, .. ByteMutations.Bytes(random, random.Next(random.Next(6) == 0 ? 200 : 4))],
            _ => ByteMutations.Bytes(random, 1 + random.Next(3)),
        };
        int place = op == Later ? random.Next(10_000) : random.Next(random.Next(2) == 0 ? 80 : 700);
        return new Step(op, (place << 2) | random.Next(4), data);
    }

    private static Step Change(Step step, Random random) => random.Next(3) switch
    {
        0 => step with { Argument = (random.Next(80) << 2) | random.Next(4) },
        1 => step with { Op = (byte)random.Next(Ops) },
        _ => step with { Data = ByteMutations.Mutate(step.Data, random) },
    };
}
