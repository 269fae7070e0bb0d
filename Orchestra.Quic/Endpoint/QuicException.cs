namespace Orchestra.Quic.Endpoint;

/// <summary>A QUIC connection or stream failed.</summary>
/// <param name="error">How.</param>
/// <param name="message">In words.</param>
/// <param name="applicationErrorCode">The application's code that came with it, if one did.</param>
/// <param name="transportErrorCode">The transport's code, RFC 9000 §20.1, if there is one.</param>
/// <param name="innerException">The fault of this side that was the cause, if it was one.</param>
internal sealed class QuicException(
    QuicError error, string message, long? applicationErrorCode = null, long? transportErrorCode = null, Exception? innerException = null)
    : IOException(message, innerException)
{
    public QuicError QuicError { get; } = error;

    public long? ApplicationErrorCode { get; } = applicationErrorCode;

    public long? TransportErrorCode { get; } = transportErrorCode;

    /// <summary>One to throw now: exceptions collect the way that they went.</summary>
    public QuicException Again() => new(QuicError, Message, ApplicationErrorCode, TransportErrorCode, InnerException);
}
