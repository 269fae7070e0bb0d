using System.Text;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Logging;

public class LogWriterTests
{
    [Test]
    public void Writes_lines_in_order()
    {
        using var stream = new GatedStream(open: true);
        using var log = new LogWriter(stream);
        log.WriteLine("one");
        log.WriteRequiredLine("two");
        log.WriteLine("three");

        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Is.EqualTo("one\ntwo\nthree\n"));
    }

    [Test]
    public void Goes_on_counts_and_reports_when_nobody_reads()
    {
        using var stream = new GatedStream(open: false);
        using var log = new LogWriter(stream, capacity: 3);
        log.WriteLine("stuck");
        Assert.That(stream.Blocked.Wait(HangGuard.Limit), Is.True);

        for (int i = 0; i < 10; i++)
        {
            log.WriteLine($"line {i}");
        }

        Assert.That(log.Dropped, Is.EqualTo(7));
        Assert.That(log.Flush(TimeSpan.FromMilliseconds(1)), Is.False);

        stream.Open();
        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Is.EqualTo(
            "stuck\nline 0\nline 1\nline 2\n(7 log lines dropped: standard error was not read)\n"));
    }

    [Test]
    public void Keeps_required_lines_even_when_full()
    {
        using var stream = new GatedStream(open: false);
        using var log = new LogWriter(stream, capacity: 1);
        log.WriteLine("stuck");
        Assert.That(stream.Blocked.Wait(HangGuard.Limit), Is.True);
        log.WriteLine("fills");
        log.WriteRequiredLine("required");

        stream.Open();
        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Is.EqualTo("stuck\nfills\nrequired\n"));
    }

    [Test]
    public void Cuts_a_long_line()
    {
        using var stream = new GatedStream(open: true);
        using var log = new LogWriter(stream);
        log.WriteLine(new string('x', LogWriter.MaxLineLength));
        log.WriteLine(new string('y', LogWriter.MaxLineLength + 1));

        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        string[] lines = stream.Text().Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo(new string('x', LogWriter.MaxLineLength)));
            Assert.That(lines[1], Has.Length.EqualTo(LogWriter.MaxLineLength).And.EndsWith("y… (cut)"));
        }
    }

    [Test]
    public void Survives_a_stream_that_fails_and_counts_what_it_lost()
    {
        var stream = new GatedStream(open: true) { Fails = true };
        using var log = new LogWriter(stream);
        log.WriteLine("lost");

        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(log.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Writes_what_it_has_and_takes_no_more_once_disposed_of()
    {
        using var stream = new GatedStream(open: false);
        var log = new LogWriter(stream);
        log.WriteLine("before");
        log.Dispose();
        log.WriteLine("after");
        stream.Open();

        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Does.StartWith("before\n").And.Not.Contains("after"));
    }

    [Test]
    public void Needs_no_thread_up_to_the_first_required_line_while_the_stream_takes_lines_at_once()
    {
        using var stream = new GatedStream(open: true);
        using var log = new LogWriter(stream, static () => true);
        log.WriteLine("one");
        Assert.That(stream.Text(), Is.EqualTo("one\n"));
        log.WriteRequiredLine("READY");
        Assert.That(stream.Text(), Is.EqualTo("one\nREADY\n"));
        Assert.That(stream.Writer, Is.EqualTo(Environment.CurrentManagedThreadId));

        log.WriteLine("two");
        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Is.EqualTo("one\nREADY\ntwo\n"));
        Assert.That(stream.Writer, Is.Not.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public void Does_not_write_itself_what_the_stream_would_not_take_at_once()
    {
        using var stream = new GatedStream(open: false);
        using var log = new LogWriter(stream, static () => false);
        log.WriteLine("one");
        log.WriteRequiredLine("READY");

        stream.Open();
        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(stream.Text(), Is.EqualTo("one\nREADY\n"));
    }

    [Test]
    public void Says_that_a_required_line_was_lost_which_it_wrote_itself()
    {
        using var stream = new GatedStream(open: true) { Fails = true };
        using var log = new LogWriter(stream, static () => true);
        log.WriteRequiredLine("READY");

        Assert.That(log.RequiredLineLost.IsCompleted);
    }

    /// <summary>A pipe that nobody reads until a test opens it.</summary>
    private sealed class GatedStream(bool open) : MemoryStream
    {
        private readonly ManualResetEventSlim _open = new(open);

        public ManualResetEventSlim Blocked { get; } = new();

        public bool Fails { get; init; }

        public int Writer { get; private set; }

        public void Open() => _open.Set();

        public string Text() => Encoding.UTF8.GetString(ToArray());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Blocked.Set();
            _open.Wait();
            Writer = Environment.CurrentManagedThreadId;
            if (Fails)
            {
                throw new IOException("broken pipe");
            }

            base.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            _open.Set();
            base.Dispose(disposing);
        }
    }
}
