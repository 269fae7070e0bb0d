using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A log for what peers do, who decide how often they do it.</summary>
internal sealed class LimitedLogger(ILogger logger, LogRate rate) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!logger.IsEnabled(logLevel) || !rate.TryTake(out long leftOut))
        {
            return;
        }

        if (leftOut > 0)
        {
            logger.LinesLeftOut(leftOut);
        }

        logger.Log(logLevel, eventId, state, exception, formatter);
    }
}
