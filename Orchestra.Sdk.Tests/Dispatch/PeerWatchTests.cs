using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PeerWatchTests : IDisposable
{
    // As much as is looked at after a request.
    private const int MaxTrailingBytes = 64 * 1024;

    private static readonly PluginRequest Call = new() { ToolCall = new ToolRequest { ToolName = "tool" } };
    private static readonly PluginRequest Start = new() { StreamStart = new StreamStart { StreamId = "s1", ToolName = "tool" } };

    private readonly CapturingLoggerFactory _log = new();
    private readonly CancellationTokenSource _call = new();
    private readonly Peer _peer;

    public PeerWatchTests() => _peer = new Peer("peer", mayManage: false, Shares.Of(null), _log);

    public void Dispose()
    {
        _call.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Ends_with_the_peers_direction_and_cancels_nothing([Values] bool isStream)
    {
        var incoming = new OpenStream([]);
        Task watch = Watch(incoming, isStream ? Start : Call);
        Assert.That(watch.IsCompleted, Is.False);
        incoming.End();
        await watch.Guarded();
        AssertCanceled(false);
    }

    [Test]
    public async Task Cancels_the_call_of_a_peer_that_vanishes([Values] bool isStream)
    {
        var incoming = new OpenStream([]);
        Task watch = Watch(incoming, isStream ? Start : Call);
        incoming.Break();
        await watch.Guarded();
        AssertCanceled(true);
        Assert.That(_log.Entries, Is.Empty, "that peers come and go is no news");
    }

    [Test]
    public async Task Ends_when_the_exchange_is_closed_here()
    {
        var incoming = new OpenStream([]);
        Task watch = Watch(incoming, Call);
        await incoming.DisposeAsync();
        await watch.Guarded();
        Assert.That(_log.Entries, Is.Empty);
    }

    [Test]
    public async Task Tells_of_a_failure_that_is_none_of_the_connections()
    {
        await Watch(new FailingStream(), Call).Guarded();
        AssertCanceled(true);
        Assert.That(_log.Entries.Single().Exception, Is.InstanceOf<NotSupportedException>());
    }

    [Test]
    public async Task Cancels_the_call_of_a_peer_that_gives_the_answer_up()
    {
        var givenUp = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = _call.Token.Register(canceled.SetResult);
        await Watch(new MemoryStream(), Call, givenUp.Task).Guarded();
        AssertCanceled(false);
        givenUp.SetException(new IOException("stopped"));
        await canceled.Task.Guarded();
    }

    [Test]
    public async Task Cancels_nothing_when_the_answer_is_complete()
    {
        await Watch(new MemoryStream(), Call, Task.CompletedTask).Guarded();
        AssertCanceled(false);
    }

    [TestCase(MaxTrailingBytes, false)]
    [TestCase(MaxTrailingBytes + 1, true)]
    public async Task Looks_at_so_many_bytes_and_no_more(int bytes, bool isOver)
    {
        var incoming = new OpenStream(new byte[bytes]);
        Task watch = Watch(incoming, Call);
        Assert.That(watch.IsCompleted, Is.EqualTo(isOver));
        incoming.End();
        await watch.Guarded();
        AssertCanceled(false);
    }

    [TestCase("s1", true)]
    [TestCase("", true, TestName = "The only one there is on this exchange")]
    [TestCase("s2", false)]
    [TestCase("S1", false)]
    public async Task Cancels_the_stream_where_the_peer_says_so(string id, bool isCanceled)
    {
        await Watch(new MemoryStream(Cancel(id)), Start).Guarded();
        AssertCanceled(isCanceled);
    }

    [Test]
    public async Task Cancels_another_stream_of_the_same_peer()
    {
        using var other = new CancellationTokenSource();
        _peer.Streams.TryAdd("s2", other);
        await Watch(new MemoryStream(Cancel("s2")), Start).Guarded();
        Assert.That(other.IsCancellationRequested);
        AssertCanceled(false);
    }

    [Test]
    public async Task Takes_no_cancellation_after_what_is_no_stream()
    {
        await Watch(new MemoryStream(Cancel("s1")), Call).Guarded();
        AssertCanceled(false);
    }

    [Test]
    public async Task Goes_on_after_messages_that_are_no_cancellation()
    {
        byte[] health = MemoryExchange.Frame(new PluginRequest { Health = new HealthRequest() });
        await Watch(new MemoryStream([.. health, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, .. health, .. Cancel("s1")]), Start).Guarded();
        AssertCanceled(true);
        Assert.That(_log.Entries.Single().Message, Does.StartWith("a peer sent what is no request"));
    }

    [TestCase(new byte[] { 0, 0 }, TestName = "Half a header")]
    [TestCase(new byte[] { 0, 0, 0, 9, 1 }, TestName = "Half a message")]
    [TestCase(new byte[] { 0, 1, 0, 1 }, TestName = "More than it looks at")]
    public async Task Cancels_nothing_for_what_is_no_message(byte[] sent)
    {
        await Watch(new MemoryStream(sent), Start).Guarded();
        AssertCanceled(false);
        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Warning));
    }

    [Test]
    public async Task Takes_no_cancellation_behind_more_than_it_looks_at([Values] bool isBehind)
    {
        byte[] filler = MemoryExchange.Frame(new PluginRequest { RequestId = new string('x', 4000), Health = new HealthRequest() });
        int count = (MaxTrailingBytes / filler.Length) + (isBehind ? 1 : 0);
        byte[] fillers = [.. Enumerable.Repeat(filler, count).SelectMany(static bytes => bytes)];
        await Watch(new MemoryStream([.. fillers, .. Cancel("s1")]), Start).Guarded();
        AssertCanceled(!isBehind);
    }

    private static byte[] Cancel(string id) =>
        MemoryExchange.Frame(new PluginRequest { StreamCancel = new StreamCancel { StreamId = id } });

    private Task Watch(Stream incoming, PluginRequest request, Task? writesClosed = null) =>
        PeerWatch.RunAsync(new WatchedExchange(incoming, writesClosed ?? new TaskCompletionSource().Task), request, _peer, _call);

    private void AssertCanceled(bool expected) => Assert.That(_call.IsCancellationRequested, Is.EqualTo(expected));

    private sealed class WatchedExchange(Stream incoming, Task writesClosed) : Exchange
    {
        public override Stream Incoming => incoming;

        public override Task WritesClosed => writesClosed;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("a watch writes nothing");

        public override void Abort() => incoming.Dispose();

        public override ValueTask DisposeAsync() => incoming.DisposeAsync();
    }

    /// <summary>Fails as no connection does.</summary>
    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("a fault of the SDK");
    }
}
