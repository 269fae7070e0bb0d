namespace Orchestra.Sdk.Certificates;

/// <summary>Object identifiers of RFC 5280 and RFC 8410.</summary>
internal static class Oids
{
    public const string Ed25519 = "1.3.101.112";

    public const string CommonName = "2.5.4.3";
    public const string Organization = "2.5.4.10";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
}
