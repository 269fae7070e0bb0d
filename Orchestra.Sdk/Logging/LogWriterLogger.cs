using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Logging;

/// <summary>One line an entry: time, level, category, message; an exception follows on indented lines.</summary>
internal sealed class LogWriterLogger(
    LogWriter writer, string category, LogLevel minimumLevel, TimeProvider timeProvider) : ILogger
{
    // Indented, so that no text from outside can pass for a line of ours.
    private const string NextLine = "\n    ";

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

        string entry = string.Create(
            CultureInfo.InvariantCulture,
            $"{timeProvider.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {NameOf(logLevel)} {category}: {formatter(state, exception)}");
        if (exception is not null)
        {
            entry = $"{entry}\n{exception}";
        }

        writer.WriteLine(entry.ReplaceLineEndings(NextLine));
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
