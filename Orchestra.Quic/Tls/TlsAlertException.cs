namespace Orchestra.Quic.Tls;

/// <summary>A handshake failed, and why: the connection is closed with <see cref="TransportError"/>.</summary>
internal sealed class TlsAlertException : Exception
{
    private const long CryptoError = 0x100;
    private const long ProtocolViolationError = 0x0a;
    private const long CryptoBufferExceededError = 0x0d;

    /// <summary>Makes one that closes the connection with CRYPTO_ERROR + <paramref name="alert"/> (RFC 9001 §4.8).</summary>
    /// <param name="alert">The alert of RFC 8446 §6.</param>
    /// <param name="message">What was wrong.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public TlsAlertException(byte alert, string message, Exception? innerException = null)
        : this(alert, CryptoError + alert, message, innerException)
    {
    }

    private TlsAlertException(byte alert, long transportError, string message, Exception? innerException)
        : base(message, innerException)
    {
        Alert = alert;
        TransportError = transportError;
    }

    /// <summary>The alert of RFC 8446 §6.</summary>
    public byte Alert { get; }

    /// <summary>The error code of the CONNECTION_CLOSE frame: 0x100 + alert, save where QUIC has a code of its own.</summary>
    public long TransportError { get; }

    /// <summary>Makes one for what QUIC, not TLS, forbids: PROTOCOL_VIOLATION.</summary>
    /// <param name="message">What was wrong.</param>
    /// <returns>The exception to throw.</returns>
    public static TlsAlertException ProtocolViolation(string message) =>
        new(TlsAlerts.UnexpectedMessage, ProtocolViolationError, message, innerException: null);

    /// <summary>Makes one for a message larger than is buffered: CRYPTO_BUFFER_EXCEEDED (RFC 9000 §7.5).</summary>
    /// <param name="message">What was wrong.</param>
    /// <returns>The exception to throw.</returns>
    public static TlsAlertException BufferExceeded(string message) =>
        new(TlsAlerts.InternalError, CryptoBufferExceededError, message, innerException: null);
}
