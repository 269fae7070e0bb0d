using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Logging;

/// <summary>How what users print and log becomes lines.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LogTextTests : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly LogWriter _log;

    public LogTextTests() => _log = new LogWriter(_stream);

    public void Dispose()
    {
        _log.Dispose();
        _stream.Dispose();
    }

    [Test]
    public void Printed_text_becomes_whole_lines()
    {
        using (var writer = new LogTextWriter(_log) { NewLine = "\r\n" })
        {
            writer.Write("a");
            writer.Write('b');
            writer.WriteLine(1);
            writer.Write("two\nthree\n\nfo");
            writer.Write(['u', 'r']);
        }

        Assert.That(Written(), Is.EqualTo("ab1\ntwo\nthree\n\nfour\n"));
    }

    [Test]
    public void Endless_text_without_a_line_break_is_cut()
    {
        using (var writer = new LogTextWriter(_log))
        {
            for (int i = 0; i < 100; i++)
            {
                writer.Write(new string('x', 1000));
            }

            writer.WriteLine();
            writer.WriteLine("next");
        }

        string[] lines = Written().Split('\n');
        Assert.That(lines[0], Has.Length.EqualTo(LogWriter.MaxLineLength));
        Assert.That(lines[1], Is.EqualTo("next"));
    }

    [Test]
    public void Log_entry_has_its_time_level_and_category()
    {
        using var factory = new LogWriterLoggerFactory(_log, timeProvider: new ManualTimeProvider());
        Log(factory.CreateLogger("tools.test"), LogLevel.Warning, "low on space");

        Assert.That(Written(), Is.EqualTo("2026-01-02T03:04:05.000Z warn tools.test: low on space\n"));
    }

    [Test]
    public void Log_entry_of_several_lines_cannot_pass_for_several_entries()
    {
        using var factory = new LogWriterLoggerFactory(_log, timeProvider: new ManualTimeProvider());
        Log(factory.CreateLogger("c"), LogLevel.Error, "first\nREADY 1.2.3.4:5", new IOException("cause"));

        string[] lines = Written().TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Does.EndWith("error c: first"));
        Assert.That(lines[1], Is.EqualTo("    READY 1.2.3.4:5"));
        Assert.That(lines[2], Is.EqualTo("    System.IO.IOException: cause"));
    }

    [Test]
    public void Log_entry_holds_nothing_that_a_terminal_acts_on()
    {
        using var factory = new LogWriterLoggerFactory(_log, timeProvider: new ManualTimeProvider());
        ILogger logger = factory.CreateLogger("c");
        for (int first = 0; first <= char.MaxValue; first += 256)
        {
            // Parted by letters, for two halves of a pair would be a character.
            string all = string.Join('.', Enumerable.Range(first, 256).Select(static code => (char)code));
            Log(logger, LogLevel.Error, all, new IOException(all));
            Assert.That(_log.Flush(HangGuard.Limit), Is.True, "the queue has room");
        }

        Assert.That(Written().EnumerateRunes().Where(IsHarmful).Distinct(), Is.Empty);
    }

    [TestCase("a\u001b[2Jb", "a\\u001b[2Jb")]
    [TestCase("a\u009b2Jb", "a\\u009b2Jb")]
    [TestCase("a\u007fb\0", "a\\u007fb\\u0000")]
    [TestCase("a\rb", "a\\u000db")]
    [TestCase("a\u202eb\u2066\ufeff", "a\\u202eb\\u2066\\ufeff")]
    [TestCase("a\u2028b\u2029", "a\\u2028b\\u2029")]
    [TestCase("a\U000e0041b", "a\\U000e0041b")]
    [TestCase("a\tb 😀 é", "a\tb 😀 é")]
    [TestCase("a\r\nb\nc", "a\n    b\n    c")]
    public void Log_entry_has_the_number_of_what_it_may_not_hold(string message, string written)
    {
        using var factory = new LogWriterLoggerFactory(_log, timeProvider: new ManualTimeProvider());
        Log(factory.CreateLogger("c"), LogLevel.Error, message);

        Assert.That(Written(), Is.EqualTo($"2026-01-02T03:04:05.000Z error c: {written}\n"));
    }

    [Test]
    public void Log_entry_has_the_number_of_half_a_character()
    {
        using var factory = new LogWriterLoggerFactory(_log);
        Log(factory.CreateLogger("c"), LogLevel.Error, "a\ud800" + "b\udc00");

        Assert.That(Written(), Does.EndWith("a\\ud800b\\udc00\n"));
    }

    [Test]
    public void Log_entry_looks_at_no_more_of_a_long_message_than_it_shows()
    {
        using var factory = new LogWriterLoggerFactory(_log);
        ILogger logger = factory.CreateLogger("c");
        string message = new('\u0001', 10_000_000);
        Log(logger, LogLevel.Error, message);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Log(logger, LogLevel.Error, message);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
        Assert.That(Written().Split('\n')[0], Has.Length.EqualTo(LogWriter.MaxLineLength));
    }

    [Test]
    public void Entries_below_the_level_are_left_out()
    {
        using var factory = new LogWriterLoggerFactory(_log);
        ILogger logger = factory.CreateLogger("c");
        Log(logger, LogLevel.Debug, "detail");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(logger.IsEnabled(LogLevel.Information), Is.True);
            Assert.That(logger.IsEnabled(LogLevel.None), Is.False);
            Assert.That(Written(), Is.Empty);
        }
    }

    private static bool IsHarmful(Rune rune) => rune != Rune.ReplacementChar && rune.Value is not ('\t' or '\n')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void Log(ILogger logger, LogLevel level, string message, Exception? exception = null) =>
        logger.Log(level, 0, message, exception, static (text, _) => text);

    private string Written()
    {
        Assert.That(_log.Flush(HangGuard.Limit), Is.True);
        return Encoding.UTF8.GetString(_stream.ToArray());
    }
}
