using System.Runtime.Versioning;
using System.Text;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Logging;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("plugin.log");

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Goes_on_where_the_one_before_ended()
    {
        Write("one\n");
        Write("two\n");
        Assert.That(File.ReadAllText(Path), Is.EqualTo("one\ntwo\n"));
        Assert.That(File.Exists(Path + ".1"), Is.False);
    }

    [Test]
    public void Is_two_files_of_a_limited_size_at_the_most()
    {
        using (var file = new LogFile(Path, limit: 20))
        {
            for (int i = 0; i < 7; i++)
            {
                file.Write(Encoding.UTF8.GetBytes($"line {i}\n"));
            }

            Assert.That(file.Earlier, Is.EqualTo(Path + ".1"));
        }

        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllText(Path + ".1"), Is.EqualTo("line 4\nline 5\n"));
        Assert.That(File.ReadAllText(Path), Is.EqualTo("line 6\n"));
    }

    [Test]
    public void Takes_what_is_larger_than_the_limit()
    {
        Write(new string('x', 100), limit: 20);
        Write("y", limit: 20);
        Assert.That(new FileInfo(Path + ".1").Length, Is.EqualTo(100));
        Assert.That(File.ReadAllText(Path), Is.EqualTo("y"));
    }

    [Test]
    public void Loses_old_lines_where_it_cannot_be_renamed()
    {
        Directory.CreateDirectory(_folder.File(System.IO.Path.Combine("plugin.log.1", "in the way")));
        using (var file = new LogFile(Path, limit: 20))
        {
            for (int i = 0; i < 4; i++)
            {
                file.Write(Encoding.UTF8.GetBytes($"line {i}\n"));
            }
        }

        Assert.That(File.ReadAllText(Path), Is.EqualTo("line 2\nline 3\n"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such permissions.")]
    public void Is_the_owners_alone()
    {
        Write("12345678901234567890", limit: 20);
        Write("x", limit: 20);
        Assert.That(
            Directory.GetFiles(_folder.Path).Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Can_be_read_meanwhile()
    {
        using var file = new LogFile(Path);
        file.Write("one\n"u8);
        using var reader = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Assert.That(new StreamReader(reader).ReadToEnd(), Is.EqualTo("one\n"));
    }

    [Test]
    public void Is_no_directory() =>
        Assert.That(() => new LogFile(_folder.Path), Throws.InstanceOf<UnauthorizedAccessException>().Or.InstanceOf<IOException>());

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such files.")]
    public async Task Is_no_pipe_that_nobody_reads()
    {
        await ChildProcess.RunAsync("mkfifo", Path);
        Assert.That(async () => await Task.Run(() => new LogFile(Path)).Guarded(), Throws.InstanceOf<IOException>());
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such device.")]
    public void May_be_a_device_that_is_never_full()
    {
        using var file = new LogFile("/dev/null", limit: 1);
        file.Write("one\n"u8);
        file.Write("two\n"u8);
        Assert.That(File.Exists("/dev/null.1"), Is.False);
    }

    [Test]
    public void Gets_what_the_first_writer_loses()
    {
        using var file = new LogFile(Path);
        using var copy = new LogWriter(file);
        using var log = new LogWriter(new BrokenLog()) { Copy = copy };
        log.WriteLine("one");
        log.WriteRequiredLine("two");
        Assert.That(log.Flush(HangGuard.Limit), Is.True);
        Assert.That(log.Dropped, Is.EqualTo(2));
        Assert.That(copy.Dropped, Is.Zero);
        using var reader = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Assert.That(new StreamReader(reader).ReadToEnd(), Is.EqualTo("one\ntwo\n"));
    }

    private void Write(string text, long limit = LogFile.DefaultLimit)
    {
        using var file = new LogFile(Path, limit);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private sealed class BrokenLog : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("broken");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken");
    }
}
