using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>What runs on the thread that receives, and what becomes of the rest when it is kept.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class InlineWorkTests
{
    private readonly List<Exception> _faults = [];

    [Test]
    public async Task Runs_in_order_on_the_thread_that_receives_after_what_came_was_handled()
    {
        var work = new InlineWork(_faults.Add, _ => { });
        await Task.Factory.StartNew(
            () =>
            {
                var ran = new List<(int Number, Thread Thread)>();
                work.Begin();
                Assert.That(InlineWork.IsCurrent);
                InlineWork.Queue(new Item(() =>
                {
                    ran.Add((1, Thread.CurrentThread));
                    InlineWork.Queue(new Item(() => ran.Add((3, Thread.CurrentThread))));
                }));
                InlineWork.Queue(new Item(() => ran.Add((2, Thread.CurrentThread))));
                Assert.That(ran, Is.Empty);
                Assert.That(work.Run());
                Assert.That(ran, Is.EqualTo(new[] { (1, Thread.CurrentThread), (2, Thread.CurrentThread), (3, Thread.CurrentThread) }));
            },
            TaskCreationOptions.LongRunning);
        work.End();
        Assert.That(_faults, Is.Empty);
    }

    // Who begins ten thousand calls at once must not keep the thread from receiving others'.
    [Test]
    public async Task Runs_32_at_once_and_the_rest_after_what_came_meanwhile()
    {
        var work = new InlineWork(_faults.Add, _ => { });
        int count = 0;
        await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                for (int i = 0; i < 40; i++)
                {
                    InlineWork.Queue(new Item(() => count++));
                }

                Assert.That(work.Run());
                Assert.That((count, work.IsEmpty), Is.EqualTo((32, false)));
                Assert.That(work.Run());
                Assert.That((count, work.IsEmpty), Is.EqualTo((40, true)));
            },
            TaskCreationOptions.LongRunning);
        work.End();
    }

    [Test]
    public async Task Elsewhere_it_is_the_thread_pool_s()
    {
        Assert.That(InlineWork.IsCurrent, Is.False);
        var ran = new TaskCompletionSource<bool>();
        InlineWork.Queue(new Item(() => ran.SetResult(Thread.CurrentThread.IsThreadPoolThread)));
        Assert.That(await ran.Task.Guarded());
    }

    [Test]
    public async Task A_fault_of_one_is_told_and_the_others_run()
    {
        var work = new InlineWork(_faults.Add, _ => { });
        bool hasRun = false;
        await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                InlineWork.Queue(new Item(() => throw new InvalidOperationException("broken")));
                InlineWork.Queue(new Item(() => hasRun = true));
                Assert.That(work.Run());
            },
            TaskCreationOptions.LongRunning);
        work.End();
        Assert.That((_faults.Single().Message, hasRun), Is.EqualTo(("broken", true)));
    }

    [Test]
    public async Task What_keeps_the_thread_loses_it_and_what_waits_behind_it_runs()
    {
        InlineWork work = null!;
        var takenOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work = new InlineWork(_faults.Add, progress => Task.Factory.StartNew(
            () =>
            {
                if (work.TryTakeOver(progress))
                {
                    Assert.That(InlineWork.IsCurrent);
                    takenOver.SetResult();
                }
            },
            TaskCreationOptions.LongRunning));
        using var kept = new ManualResetEventSlim();
        var behind = new TaskCompletionSource<bool>();
        Task<bool> receiving = Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                InlineWork.Queue(new Item(() =>
                {
                    kept.Wait();
                    Assert.That(InlineWork.IsCurrent, Is.False);
                    InlineWork.Queue(new Item(() => { }));
                }));
                InlineWork.Queue(new Item(() => behind.SetResult(Thread.CurrentThread.IsThreadPoolThread)));
                return work.Run();
            },
            TaskCreationOptions.LongRunning);

        await takenOver.Task.Guarded();
        Assert.That(await behind.Task.Guarded());
        Assert.That(receiving.IsCompleted, Is.False);
        kept.Set();
        Assert.That(await receiving.Guarded(), Is.False, "another thread receives");
        work.End();
        Assert.That(_faults, Is.Empty);
    }

    [Test]
    public async Task What_is_queued_when_nobody_receives_any_more_still_runs()
    {
        var work = new InlineWork(_faults.Add, _ => { });
        var ran = new TaskCompletionSource<bool>();
        await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                InlineWork.Queue(new Item(() => ran.SetResult(Thread.CurrentThread.IsThreadPoolThread)));
                work.End();
                Assert.That(InlineWork.IsCurrent, Is.False);
            },
            TaskCreationOptions.LongRunning);
        Assert.That(await ran.Task.Guarded());
    }

    // Where no thread can be started, the one that is kept comes back some time.
    [Test]
    public async Task A_thread_that_cannot_be_replaced_keeps_its_part()
    {
        using var kept = new ManualResetEventSlim();
        var work = new InlineWork(
            fault =>
            {
                _faults.Add(fault);
                kept.Set();
            },
            _ => throw new InsufficientMemoryException("no more threads"));
        bool stillReceives = await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                InlineWork.Queue(new Item(() => kept.Wait()));
                return work.Run();
            },
            TaskCreationOptions.LongRunning).Guarded();
        work.End();
        Assert.That(stillReceives);
        Assert.That(_faults[0].Message, Is.EqualTo("no more threads"));
    }

    [Test]
    public async Task Nobody_takes_over_from_a_thread_that_made_progress()
    {
        var work = new InlineWork(_faults.Add, _ => { });
        await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                InlineWork.Queue(new Item(() => Assert.That(work.TryTakeOver(work.Progress - 1), Is.False)));
                Assert.That(work.Run());
            },
            TaskCreationOptions.LongRunning);
        work.End();
        Assert.That(_faults, Is.Empty);
    }

    // RFC 9000 §12.2: frames of several streams go in one packet.
    [Test]
    public async Task What_it_writes_leaves_together_when_all_of_it_is_through()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        QuicStream[] streams = [await connection.OpenOutboundStreamAsync(), await connection.OpenOutboundStreamAsync()];
        server.ReceiveAll();
        int sent = 0;
        var work = new InlineWork(_faults.Add, _ => { });
        await Task.Factory.StartNew(
            () =>
            {
                work.Begin();
                foreach (QuicStream stream in streams)
                {
                    InlineWork.Queue(new Item(() =>
                    {
                        stream.CompleteWrites();
                        Assert.That(server.Socket.Sent.TryPeek(out _), Is.False);
                    }));
                }

                Assert.That(work.Run());
                while (server.Socket.Sent.TryRead(out _))
                {
                    sent++;
                }
            },
            TaskCreationOptions.LongRunning);
        work.End();
        Assert.That((_faults.Count, sent), Is.EqualTo((0, 1)));
    }

    private sealed class Item(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}
