using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// One line an entry: time, level, category, message; further lines of it, and an exception, follow indented. What reaches a terminal
/// by it is escaped here, wherever it comes from.
/// </summary>
internal sealed class LogWriterLogger(
    LogWriter writer, string category, LogLevel minimumLevel, TimeProvider timeProvider) : ILogger
{
    /// <summary>Indented, so that no text from outside can pass for a line of ours.</summary>
    public const string NextLine = "\n    ";

    // One more than the limit is enough for the log to see that the line was cut.
    private const int Limit = LogWriter.MaxLineLength + 1;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimumLevel && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        StringBuilder entry = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{timeProvider.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(logLevel)} {category}: ")
            .AppendEscapedLines(formatter(state, exception), NextLine, Limit);
        if (exception is not null)
        {
            entry.Append(NextLine).AppendEscapedLines(exception.ToString(), NextLine, Limit);
        }

        writer.WriteLine(entry.ToString());
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
