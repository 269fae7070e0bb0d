using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;

namespace Orchestra.Quic.Tls;

/// <summary>
/// Decides whether a peer's certificate is trusted (RFC 5280 §6, without names, policies and revocation): a chain to a
/// trusted authority, each certificate valid now and allowed to do what it does.
/// </summary>
internal sealed class CertificateChecker
{
    /// <summary>The leaf and three intermediates; the authority need not come along.</summary>
    public const int MaxChainLength = 4;

    private readonly IReadOnlyList<ParsedCertificate> _chain;
    private readonly TlsOptions _options;
    private readonly CertificatePurpose _purpose;
    private readonly SignatureBudget _budget;
    private readonly DateTime _now;

    private readonly Dictionary<(ParsedCertificate Subject, ParsedCertificate Issuer), bool> _signatures = [];

    /// <summary>The way that is tried: the leaf, its issuer, and so on.</summary>
    private readonly List<ParsedCertificate> _path = new(MaxChainLength);

    /// <summary>Of several ways that fail, the first that led to an authority says why.</summary>
    private TlsAlertException? _refusal;

    private CertificateChecker(
        IReadOnlyList<ParsedCertificate> chain, TlsOptions options, CertificatePurpose purpose, SignatureBudget budget)
    {
        _chain = chain;
        _options = options;
        _purpose = purpose;
        _budget = budget;
        _now = options.Time.GetUtcNow().UtcDateTime;
    }

    /// <summary>Checks a chain.</summary>
    /// <param name="chain">The leaf, then what the peer sent with it, in any order.</param>
    /// <param name="options">The authorities, the time, and for a server's certificate the name that was dialed.</param>
    /// <param name="purpose">What the leaf must be good for.</param>
    /// <param name="budget">What the handshake may still spend on it.</param>
    /// <exception cref="TlsAlertException">The leaf is not trusted.</exception>
    public static void Check(
        IReadOnlyList<ParsedCertificate> chain, TlsOptions options, CertificatePurpose purpose, SignatureBudget budget)
    {
        try
        {
            new CertificateChecker(chain, options, purpose, budget).Check();
        }
        catch (Exception exception) when (exception is not TlsAlertException)
        {
            // BouncyCastle reads extensions when asked for them, and throws many things.
            throw new TlsAlertException(
                TlsAlerts.BadCertificate, $"The certificate '{chain[0]}' or one above it is malformed.", exception);
        }
    }

    /// <summary>Refuses a chain that is longer than any that is tried.</summary>
    /// <param name="length">How many certificates it has.</param>
    /// <exception cref="TlsAlertException">They are too many.</exception>
    public static void CheckLength(int length)
    {
        if (length > MaxChainLength)
        {
            throw new TlsAlertException(
                TlsAlerts.UnknownCa, $"The peer sent more than the {MaxChainLength} certificates that are accepted.");
        }
    }

    private void Check()
    {
        var leaf = _chain[0];
        _ = leaf.Key;
        CheckLength(_chain.Count);
        _path.Add(leaf);
        if (!TryFindPath([.. _chain.Skip(1).Where(HasKnownKey)]))
        {
            throw _refusal ?? new TlsAlertException(
                TlsAlerts.UnknownCa, $"The certificate '{leaf}' was issued by none of the trusted authorities.");
        }

        if ((CheckCommon(leaf) ?? CheckLeaf(leaf)) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Looks for a way up to an authority, by names alone; what it leads to is then checked from the authority down.</summary>
    private bool TryFindPath(ParsedCertificate[] intermediates)
    {
        var top = _path[^1];
        foreach (var authority in _options.ParsedAuthorities)
        {
            if (top.NamesAsIssuer(authority) && IsSignedFrom(authority))
            {
                var fault = CheckIssuers(authority);
                if (fault is null)
                {
                    return true;
                }

                _refusal ??= fault;
            }
        }

        foreach (var issuer in intermediates)
        {
            if (top.NamesAsIssuer(issuer) && !_path.Contains(issuer))
            {
                _path.Add(issuer);
                if (TryFindPath(intermediates))
                {
                    return true;
                }

                _path.RemoveAt(_path.Count - 1);
            }
        }

        return false;
    }

    // From the top: a stranger's certificates, which may all have issued each other, cost one check each.
    private bool IsSignedFrom(ParsedCertificate authority)
    {
        var issuer = authority;
        for (var i = _path.Count - 1; i >= 0; i--)
        {
            if (!IsSigned(_path[i], issuer))
            {
                return false;
            }

            issuer = _path[i];
        }

        return true;
    }

    private bool IsSigned(ParsedCertificate subject, ParsedCertificate issuer)
    {
        if (!_signatures.TryGetValue((subject, issuer), out var isSigned))
        {
            isSigned = _options.CheckedCertificates.Contains(subject, issuer) || CheckSignature(subject, issuer);
            _signatures.Add((subject, issuer), isSigned);
        }

        return isSigned;
    }

    private bool CheckSignature(ParsedCertificate subject, ParsedCertificate issuer)
    {
        var isSigned = subject.IsSignedBy(issuer, _budget);
        if (isSigned && _options.ParsedAuthorities.Contains(issuer))
        {
            _options.CheckedCertificates.Add(subject, issuer);
        }

        return isSigned;
    }

    private TlsAlertException? CheckIssuers(ParsedCertificate authority)
    {
        for (var i = 1; i < _path.Count; i++)
        {
            if ((CheckCommon(_path[i]) ?? CheckIssuer(_path[i], intermediates: i - 1)) is { } fault)
            {
                return fault;
            }
        }

        return CheckCommon(authority) ?? CheckIssuer(authority, intermediates: _path.Count - 1);
    }

    private TlsAlertException? CheckCommon(ParsedCertificate certificate)
    {
        if (_now < certificate.NotBefore)
        {
            return Fault(TlsAlerts.CertificateExpired, certificate, $"is not valid before {certificate.NotBefore:u}");
        }

        if (_now > certificate.NotAfter)
        {
            return Fault(TlsAlerts.CertificateExpired, certificate, $"expired on {certificate.NotAfter:u}");
        }

        foreach (var id in certificate.Extensions?.GetExtensionOids() ?? [])
        {
            // Name constraints bind even where they are not marked as critical, as they must be.
            if ((certificate.Extensions!.GetExtension(id).IsCritical && !IsKnown(id)) ||
                id.Equals(X509Extensions.NameConstraints))
            {
                return Fault(TlsAlerts.UnsupportedCertificate, certificate, $"has the extension {id.Id}, which is not supported");
            }
        }

        if (Read(certificate, X509Extensions.ExtendedKeyUsage) is { } usages &&
            !IsMeantFor(Asn1Sequence.GetInstance(usages)))
        {
            return Fault(
                TlsAlerts.UnsupportedCertificate,
                certificate,
                $"is not meant for TLS {(_purpose == CertificatePurpose.Server ? "servers" : "clients")}");
        }

        return null;
    }

    private TlsAlertException? CheckLeaf(ParsedCertificate leaf)
    {
        if (!IsKeyUsedFor(leaf, KeyUsage.DigitalSignature))
        {
            return Fault(TlsAlerts.UnsupportedCertificate, leaf, "is not meant for signatures");
        }

        if (_purpose == CertificatePurpose.Server && _options.TargetName is { } name &&
            !CertificateNames.Contains(leaf.Extensions, name))
        {
            return Fault(TlsAlerts.BadCertificate, leaf, $"is not for '{name}', which was dialed");
        }

        return null;
    }

    private static TlsAlertException? CheckIssuer(ParsedCertificate issuer, int intermediates)
    {
        if (Read(issuer, X509Extensions.BasicConstraints) is not { } value ||
            BasicConstraints.GetInstance(value) is not { } constraints || !constraints.IsCA())
        {
            return Fault(TlsAlerts.BadCertificate, issuer, "issued another, but is not an authority's");
        }

        if (!IsKeyUsedFor(issuer, KeyUsage.KeyCertSign))
        {
            return Fault(TlsAlerts.BadCertificate, issuer, "is an authority's, but not meant for issuing certificates");
        }

        if (constraints.PathLenConstraint is { } limit && limit.CompareTo(BigInteger.ValueOf(intermediates)) < 0)
        {
            return Fault(TlsAlerts.BadCertificate, issuer, $"allows {limit} authorities below it, but has {intermediates}");
        }

        return null;
    }

    // Not by BouncyCastle's own class, which puts what may be thousands of purposes into a table by a hash that has no seed.
    private bool IsMeantFor(Asn1Sequence usages)
    {
        var wanted = _purpose == CertificatePurpose.Server ? KeyPurposeID.id_kp_serverAuth : KeyPurposeID.id_kp_clientAuth;
        var isMeant = false;
        foreach (var usage in usages)
        {
            var id = DerObjectIdentifier.GetInstance(usage);
            isMeant |= id.Equals(wanted) || id.Equals(KeyPurposeID.AnyExtendedKeyUsage);
        }

        return isMeant;
    }

    private static bool IsKnown(DerObjectIdentifier id) =>
        id.Equals(X509Extensions.BasicConstraints) || id.Equals(X509Extensions.KeyUsage) ||
        id.Equals(X509Extensions.ExtendedKeyUsage) || id.Equals(X509Extensions.SubjectAlternativeName);

    // Without the extension a key may be used for all (RFC 5280 §4.2.1.3).
    private static bool IsKeyUsedFor(ParsedCertificate certificate, int usage) =>
        Read(certificate, X509Extensions.KeyUsage) is not { } value || (KeyUsage.GetInstance(value).IntValue & usage) != 0;

    // What stands above the leaf may have any key, such as a root that nobody asked for.
    private static bool HasKnownKey(ParsedCertificate certificate)
    {
        try
        {
            return certificate.Key is not null;
        }
        catch (TlsAlertException)
        {
            return false;
        }
    }

    private static Asn1Object? Read(ParsedCertificate certificate, DerObjectIdentifier id) =>
        certificate.Extensions?.GetExtensionParsedValue(id);

    private static TlsAlertException Fault(byte alert, ParsedCertificate certificate, string fault) =>
        new(alert, $"The certificate '{certificate}' {fault}.");
}
