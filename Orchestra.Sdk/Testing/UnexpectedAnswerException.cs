namespace Orchestra.Sdk;

/// <summary>
/// A tool has answered otherwise than a test expects. The message has all that a test's author wants to see: the tool, the error code, each
/// fault on a line of its own, and what the tool was called with.
/// </summary>
/// <param name="message">All of it.</param>
/// <param name="errorCode">The answer's error code; empty when it has none.</param>
public sealed class UnexpectedAnswerException(string message, string errorCode) : Exception(message)
{
    /// <summary>The answer's error code; empty when it has none.</summary>
    public string ErrorCode { get; } = errorCode;
}
