using System.Net;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>What the system refuses: for how long it is not asked again.</summary>
internal sealed class SocketFailureTests
{
    private const long Second = 1_000_000;

    private static readonly SocketAddress Remote = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();

    [Test]
    public async Task A_listener_waits_longer_and_longer_while_its_socket_fails_and_serves_when_it_does_not()
    {
        var time = new ManualTimeProvider();
        FaultySocket socket = null!;
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with
        {
            TimeProvider = time,
            Bind = endPoint => socket = new FaultySocket(options.Bind(endPoint)) { Fault = static () => ReceiveStatus.Failed },
        });

        int[] waits = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000];
        for (int i = 0; i < waits.Length; i++)
        {
            var wait = TimeSpan.FromMilliseconds(waits[i]);
            await time.WhenTimerRuns(wait).Guarded();
            Assert.That(socket.Failures, Is.EqualTo(i + 1));
            if (i == waits.Length - 1)
            {
                socket.Fault = null;
            }

            time.Advance(wait);
        }

        await using QuicConnection connection = await EndpointPair.DialAsync(listener);
    }

    [Test]
    public async Task A_listener_goes_on_after_an_exception_of_its_socket()
    {
        var time = new ManualTimeProvider();
        var told = new List<Exception>();
        FaultySocket socket = null!;
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with
        {
            TimeProvider = time,
            OnFault = told.Add,
            Bind = endPoint => socket = new FaultySocket(options.Bind(endPoint)) { Fault = static () => throw new NotSupportedException() },
        });
        var wait = TimeSpan.FromMilliseconds(1);
        await time.WhenTimerRuns(wait).Guarded();
        socket.Fault = null;
        time.Advance(wait);

        await using QuicConnection connection = await EndpointPair.DialAsync(listener);
        Assert.That(told, Has.Count.EqualTo(1).And.All.TypeOf<NotSupportedException>());
    }

    [Test]
    public void Batches_that_are_refused_are_tried_again_more_and_more_rarely()
    {
        var socket = new RecordingSocket { Status = SendStatus.NotAsBatch };
        var sender = new DatagramSender(socket);
        long now = 1_000_000;
        long[] waits = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024];
        for (int i = 0; i < waits.Length; i++)
        {
            Send(sender, now);
            Send(sender, now + (waits[i] * Second) - 1);
            Assert.That(socket.Batches, Is.EqualTo(i + 1));
            now += waits[i] * Second;
        }

        // None was lost for that.
        Assert.That(socket.Singles, Is.EqualTo(3 * 2 * waits.Length));
    }

    [Test]
    public void Batches_go_on_after_one_that_was_sent()
    {
        var socket = new RecordingSocket { Status = SendStatus.NotAsBatch };
        var sender = new DatagramSender(socket);
        Send(sender, now: Second);
        socket.Status = SendStatus.Sent;
        Send(sender, now: 2 * Second);
        Send(sender, now: 2 * Second);
        Assert.That(socket.Batches, Is.EqualTo(3));

        // And the next wait is a short one again.
        socket.Status = SendStatus.NotAsBatch;
        Send(sender, now: 2 * Second);
        Send(sender, now: 3 * Second);
        Assert.That(socket.Batches, Is.EqualTo(5));
    }

    [TestCase(SendStatus.Lost, 0)]
    [TestCase(SendStatus.Interrupted, 3)]
    public void A_batch_that_fails_for_another_reason_stops_no_others(object status, int singles)
    {
        var socket = new RecordingSocket { Status = (SendStatus)status };
        var sender = new DatagramSender(socket);
        Send(sender, now: Second);
        Assert.That((socket.Batches, socket.Singles), Is.EqualTo((1, singles)));
        Send(sender, now: Second);
        Assert.That(socket.Batches, Is.EqualTo(2));
    }

    private static void Send(DatagramSender sender, long now) => sender.Send(new byte[2500], size: 1000, Remote, now);

    /// <summary>Counts what is sent.</summary>
    private sealed class RecordingSocket : IDatagramSocket
    {
        public SendStatus Status { get; set; }

        public int Batches { get; private set; }

        public int Singles { get; private set; }

        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 2222);

        public bool CanBatch => true;

        public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote) => Singles++;

        public SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote)
        {
            Batches++;
            return Status;
        }

        public ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn) =>
            throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
