using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Logging;

/// <summary>Loggers that exist before it is known where their lines go.</summary>
/// <param name="target">Where they go until then.</param>
internal sealed class DeferredLoggerFactory(ILoggerFactory target) : ILoggerFactory
{
    private ILoggerFactory _target = target;

    public void SetTarget(ILoggerFactory value) => Volatile.Write(ref _target, value);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => Volatile.Read(ref _target).AddProvider(provider);

    public void Dispose()
    {
        // The target belongs to someone else.
    }

    private sealed class Logger(DeferredLoggerFactory owner, string category) : ILogger
    {
        private Made? _current;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Current().BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Current().IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Current().Log(logLevel, eventId, state, exception, formatter);

        private ILogger Current()
        {
            ILoggerFactory factory = Volatile.Read(ref owner._target);
            Made? current = _current;
            if (current is null || current.Factory != factory)
            {
                _current = current = new Made(factory, factory.CreateLogger(category));
            }

            return current.Logger;
        }

        private sealed record Made(ILoggerFactory Factory, ILogger Logger);
    }
}
