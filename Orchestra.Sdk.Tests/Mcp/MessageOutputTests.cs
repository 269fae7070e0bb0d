using Orchestra.Sdk.Mcp;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>What bounds the memory that a client can make us take.</summary>
internal sealed class MessageOutputTests
{
    [Test]
    public async Task Lets_those_wait_that_have_more_to_say_than_a_client_reads()
    {
        var stream = new SlowStream();
        var output = new MessageOutput(stream);
        Task first = output.SendAsync(Line(100)).AsTask();
        Task second = output.SendAsync(Line(1 << 20)).AsTask();
        Task third = output.SendAsync(Line(100)).AsTask();
        Assert.That((first.IsCompleted, second.IsCompleted, third.IsCompleted), Is.EqualTo((false, false, false)));

        stream.Taken.Release();
        await Task.WhenAll(second, third).Guarded();
        Assert.That(first.IsCompleted, Is.False, "it writes what the others have left");
        stream.Taken.Release(2);
        await first.Guarded();
        await output.WhenEmpty().Guarded();
        Assert.That(stream.Writes, Is.EqualTo(3));
    }

    [Test]
    public async Task Does_not_wait_for_a_client_that_is_only_a_little_late()
    {
        var stream = new SlowStream();
        var output = new MessageOutput(stream);
        Task first = output.SendAsync(Line(100)).AsTask();
        Assert.That(output.SendAsync(Line(1000)).AsTask().IsCompleted);
        Task empty = output.WhenEmpty();
        Assert.That(empty.IsCompleted, Is.False);
        stream.Taken.Release(2);
        await Task.WhenAll(first, empty).Guarded();
    }

    [Test]
    public async Task Drops_all_once_the_client_is_gone()
    {
        var stream = new SlowStream { Failure = new IOException("Broken pipe") };
        var output = new MessageOutput(stream);
        Task first = output.SendAsync(Line(100)).AsTask();
        Task second = output.SendAsync(Line(2 << 20)).AsTask();
        stream.Taken.Release();
        await Task.WhenAll(first, second, output.Broken).Guarded();
        Assert.That(output.SendAsync(Line(2 << 20)).AsTask().IsCompleted);
        Assert.That(stream.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task Requests_wait_to_be_read_until_there_is_room()
    {
        var running = new RunningRequests(2);
        running.Enter();
        Assert.That(running.WhenRoom().IsCompleted);
        running.Enter();
        Task room = running.WhenRoom();
        Task empty = running.WhenEmpty();
        Assert.That(room.IsCompleted, Is.False);
        running.Leave();
        await room.Guarded();
        Assert.That(empty.IsCompleted, Is.False);
        running.Leave();
        await empty.Guarded();
    }

    private static OutgoingLine Line(int length)
    {
        OutgoingLine line = OutgoingLine.Notification("x"u8);
        line.Json.WriteString("x"u8, new string('x', length));
        return line.End();
    }

    private sealed class SlowStream : MemoryStream
    {
        public SemaphoreSlim Taken { get; } = new(0);

        public Exception? Failure { get; init; }

        public int Writes { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            await Taken.WaitAsync(cancellationToken);
            if (Failure is not null)
            {
                throw Failure;
            }
        }

        protected override void Dispose(bool disposing)
        {
            Taken.Dispose();
            base.Dispose(disposing);
        }
    }
}
