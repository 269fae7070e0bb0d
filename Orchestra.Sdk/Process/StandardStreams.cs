using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk;

/// <summary>Where a running plugin prints: the process's own streams, or a test's.</summary>
/// <param name="Output">Opens standard output.</param>
/// <param name="Error">Opens standard error.</param>
/// <param name="Capture">Sends to the log what user code prints, and what it throws where nobody catches it.</param>
/// <param name="ErrorTarget">What standard error is.</param>
internal sealed record StandardStreams(
    Func<Stream> Output, Func<Stream> Error, Action<LogWriter, ILogger> Capture, Func<ErrorTarget> ErrorTarget)
{
    public static StandardStreams OfProcess { get; } = new(
        static () => StandardDescriptors.IsInherited(StandardDescriptors.Output)
            ? Console.OpenStandardOutput()
            : throw new IOException("standard output is closed"),
        StandardError.Open,
        static (log, logger) =>
        {
            Console.SetError(new LogTextWriter(log));
            Console.SetOut(new LogTextWriter(log));
            UnhandledExceptions.LogTo(logger);
        },
        static () => StandardError.Target)
    {
        Prepare = StandardDescriptors.OpenClosed,
        IsUnread = StandardError.IsUnread,
        TakesAtOnce = StandardError.TakesAtOnce,
        Input = StandardInput.Open,
        Messages = StandardOutput.Open,
        IsTyped = static () => !Console.IsInputRedirected,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>Looks into the environment.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Comes before anything else.</summary>
    public Action Prepare { get; init; } = static () => { };

    /// <summary>Whether standard error takes a line without blocking; null where that is not known.</summary>
    public Func<bool>? TakesAtOnce { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> Input { get; init; } = static () => Stream.Null;

    /// <summary>Opens standard output for messages, each of which is written whole, whatever it is.</summary>
    public Func<Stream> Messages { get; init; } = static () => Stream.Null;

    /// <summary>Whether a person sits at standard input.</summary>
    public Func<bool> IsTyped { get; init; } = static () => false;

    /// <summary>Whether nobody can read standard error any more.</summary>
    public Func<bool> IsUnread { get; init; } = static () => false;
}
