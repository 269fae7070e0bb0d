namespace Orchestra.Sdk.Certificates;

/// <summary>The certificates cannot be used or made; the message names the file and says what to do.</summary>
/// <param name="path">The file or directory in question.</param>
/// <param name="message">What is wrong with it, and what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class CertificateException(string path, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>The file or directory in question.</summary>
    public string Path { get; } = path;
}
