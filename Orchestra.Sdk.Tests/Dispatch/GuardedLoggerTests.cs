using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

internal sealed class GuardedLoggerTests
{
    [Test]
    public void Keeps_the_faults_of_the_log_to_itself()
    {
        using var faulty = new ThrowingLoggerFactory();
        var logger = new GuardedLogger(faulty);
        Assert.That(() => logger.BadRequest("reason"), Throws.Nothing);
        Assert.That(faulty.Lines, Is.EqualTo(1));
        Assert.That(logger.BeginScope("scope"), Is.Null);
    }

    [Test]
    public void Hands_everything_on()
    {
        using var log = new CapturingLoggerFactory();
        var logger = new GuardedLogger(log);
        var fault = new InvalidDataException();
        logger.ExchangeFailed(fault);
        Assert.That(log.Entries, Is.EqualTo(new[] { (LogLevel.Error, "an exchange failed", (Exception?)fault) }));
        Assert.That(logger.IsEnabled(LogLevel.Trace));
    }

    [Test]
    public void Takes_what_cannot_say_whether_it_logs_for_one_that_does_not() =>
        Assert.That(new GuardedLogger(new Undecided()).IsEnabled(LogLevel.Critical), Is.False);

    private sealed class Undecided : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => throw new ObjectDisposedException("log");

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new NotSupportedException();
    }
}
