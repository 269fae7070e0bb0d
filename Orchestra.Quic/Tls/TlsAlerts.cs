namespace Orchestra.Quic.Tls;

/// <summary>The alerts that are raised by the project's own checks (RFC 8446 §6).</summary>
internal static class TlsAlerts
{
    public const byte UnexpectedMessage = 10;
    public const byte BadCertificate = 42;
    public const byte UnsupportedCertificate = 43;
    public const byte CertificateExpired = 45;
    public const byte IllegalParameter = 47;
    public const byte UnknownCa = 48;
    public const byte DecodeError = 50;
    public const byte InternalError = 80;
    public const byte MissingExtension = 109;
    public const byte CertificateRequired = 116;
    public const byte NoApplicationProtocol = 120;
}
