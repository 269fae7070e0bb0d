using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk;

/// <summary>Where a running plugin prints: the process's own streams, or a test's.</summary>
/// <param name="Output">Opens standard output.</param>
/// <param name="Error">Opens standard error.</param>
/// <param name="RedirectConsole">Sends what user code prints to the log.</param>
/// <param name="ErrorTarget">What standard error is.</param>
internal sealed record StandardStreams(
    Func<Stream> Output, Func<Stream> Error, Action<LogWriter> RedirectConsole, ErrorTarget ErrorTarget = ErrorTarget.Other)
{
    public static StandardStreams OfProcess { get; } = new(
        Console.OpenStandardOutput,
        StandardError.Open,
        static log =>
        {
            Console.SetError(new LogTextWriter(log));
            Console.SetOut(new LogTextWriter(log));
        },
        StandardError.Target);
}
