using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestra.Sdk.Hosting;

/// <summary>A provider of the host's log: the plugin's own, which is there once the plugin is about to run. What comes before is lost on it.</summary>
[ProviderAlias("Orchestra")]
internal sealed class PluginLog : ILoggerProvider
{
    private ILoggerFactory _target = NullLoggerFactory.Instance;

    public void SetTarget(ILoggerFactory target) => Volatile.Write(ref _target, target);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => SetTarget(NullLoggerFactory.Instance);

    private sealed class Logger(PluginLog owner, string category) : ILogger
    {
        private Made? _made;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => Current().IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Current().Log(logLevel, eventId, state, exception, formatter);

        private ILogger Current()
        {
            ILoggerFactory factory = Volatile.Read(ref owner._target);
            Made? made = _made;
            if (made?.Factory != factory)
            {
                _made = made = new Made(factory, factory.CreateLogger(category));
            }

            return made.Logger;
        }

        private sealed record Made(ILoggerFactory Factory, ILogger Logger);
    }
}
