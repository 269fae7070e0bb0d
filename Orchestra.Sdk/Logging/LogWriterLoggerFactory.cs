using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Logging;

/// <summary>Makes loggers that write to a <see cref="LogWriter"/>.</summary>
internal sealed class LogWriterLoggerFactory(
    LogWriter writer, LogLevel minimumLevel = LogLevel.Information, TimeProvider? timeProvider = null) : ILoggerFactory
{
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    public ILogger CreateLogger(string categoryName) => new LogWriterLogger(writer, categoryName, minimumLevel, _timeProvider);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("a plugin's log goes to standard error only");

    public void Dispose()
    {
        // The writer belongs to whoever made it.
    }
}
