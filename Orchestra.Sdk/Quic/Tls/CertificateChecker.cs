using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;

namespace Orchestra.Sdk.Quic.Tls;

/// <summary>
/// Decides whether a peer's certificate is trusted (RFC 5280 §6, without names, policies and revocation): a chain to a
/// trusted authority, each certificate valid now and allowed to do what it does.
/// </summary>
internal sealed class CertificateChecker
{
    private const int MaxIntermediates = 3;

    private readonly IReadOnlyList<ParsedCertificate> _chain;
    private readonly TlsOptions _options;
    private readonly CertificatePurpose _purpose;
    private readonly DateTime _now;

    private CertificateChecker(IReadOnlyList<ParsedCertificate> chain, TlsOptions options, CertificatePurpose purpose)
    {
        _chain = chain;
        _options = options;
        _purpose = purpose;
        _now = options.Time.GetUtcNow().UtcDateTime;
    }

    /// <summary>Checks a chain.</summary>
    /// <param name="chain">The leaf, then what the peer sent with it, in any order.</param>
    /// <param name="options">The authorities, the time, and for a server's certificate the name that was dialed.</param>
    /// <param name="purpose">What the leaf must be good for.</param>
    /// <exception cref="TlsAlertException">The leaf is not trusted.</exception>
    public static void Check(IReadOnlyList<ParsedCertificate> chain, TlsOptions options, CertificatePurpose purpose)
    {
        try
        {
            new CertificateChecker(chain, options, purpose).Check();
        }
        catch (Exception exception) when (exception is not TlsAlertException)
        {
            // BouncyCastle reads extensions when asked for them, and throws many things.
            throw new TlsAlertException(
                TlsAlerts.BadCertificate, $"The certificate '{chain[0]}' or one above it is malformed.", exception);
        }
    }

    private void Check()
    {
        var leaf = _chain[0];
        _ = leaf.Key;
        if (FindPath(leaf, intermediates: 0, used: 1) is { } refusal)
        {
            throw refusal;
        }

        if ((CheckCommon(leaf) ?? CheckLeaf(leaf)) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Looks for a way up to an authority. Of several that fail, the first that led anywhere says why.</summary>
    private TlsAlertException? FindPath(ParsedCertificate subject, int intermediates, int used)
    {
        TlsAlertException? refusal = null;
        foreach (var authority in _options.ParsedAuthorities)
        {
            if (subject.IsIssuedBy(authority))
            {
                var fault = CheckCommon(authority) ?? CheckIssuer(authority, intermediates);
                if (fault is null)
                {
                    return null;
                }

                refusal ??= fault;
            }
        }

        for (var i = 1; i < _chain.Count && intermediates < MaxIntermediates; i++)
        {
            if ((used & (1 << i)) == 0 && HasKnownKey(_chain[i]) && subject.IsIssuedBy(_chain[i]))
            {
                var fault = CheckCommon(_chain[i]) ?? CheckIssuer(_chain[i], intermediates)
                    ?? FindPath(_chain[i], intermediates + 1, used | (1 << i));
                if (fault is null)
                {
                    return null;
                }

                refusal ??= fault;
            }
        }

        return refusal ?? new TlsAlertException(
            TlsAlerts.UnknownCa, $"The certificate '{subject}' was issued by none of the trusted authorities.");
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
            !IsMeantFor(ExtendedKeyUsage.GetInstance(usages)))
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

    private bool IsMeantFor(ExtendedKeyUsage usages) =>
        usages.HasKeyPurposeId(KeyPurposeID.AnyExtendedKeyUsage) ||
        usages.HasKeyPurposeId(
            _purpose == CertificatePurpose.Server ? KeyPurposeID.id_kp_serverAuth : KeyPurposeID.id_kp_clientAuth);

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
