using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Client;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReconnectTests : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly PluginRequest _health = new() { Health = new HealthRequest() };
    private readonly ManualTimeProvider _time = new();
    private readonly CapturingLoggerFactory _log = new();
    private readonly List<MemoryTransport> _connections = [];
    private readonly List<PluginRequest> _registrations = [];
    private RegistrationResult _registration = new() { Accepted = true };
    private TaskCompletionSource _dialed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _answers = true;
    private bool _isThere = true;

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Lets_a_call_wait_for_the_first_connection()
    {
        var connection = new ReconnectingTransport("peer:1", Options());
        await using var client = OrchestratorClient.Over(connection);
        Task<PluginResponse> call = client.SendAsync(_health);
        Assert.That(call.IsCompleted, Is.False);

        await connection.ConnectAsync(DialAsync, default).Guarded();

        Assert.That((await call.Guarded()).ResponseCase, Is.EqualTo(PluginResponse.ResponseOneofCase.Health));
    }

    [Test]
    public async Task Fails_a_call_that_waited_too_long_for_the_first_connection()
    {
        await using var client = OrchestratorClient.Over(new ReconnectingTransport("peer:1", Options()));
        Task<PluginResponse> call = client.SendAsync(_health);
        await _time.WhenTimerRuns(Wait).Guarded();

        _time.Advance(Wait);

        Assert.That(
            async () => await call.Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo("cannot connect to peer:1: the plugin is not registered yet"));
    }

    [Test]
    public async Task Fails_a_call_in_flight_at_once_and_never_sends_it_again()
    {
        await using OrchestratorClient client = await ConnectAsync();
        _answers = false;
        Task<PluginResponse> call = client.SendAsync(_health);

        _connections[0].Break("the peer's process has ended");

        Assert.That(
            async () => await call.Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo("Health request to peer:1 failed: the connection broke"));
        _answers = true;
        await ReconnectAsync();
        await client.SendAsync(_health).Guarded();
        Assert.That(_connections[1].Exchanges, Has.Count.EqualTo(1), "only the call made since");
    }

    [Test]
    public async Task Lets_a_call_wait_for_the_next_connection()
    {
        await using OrchestratorClient client = await ConnectAsync();
        _connections[0].Break("gone");
        Task<PluginResponse> call = client.SendAsync(_health);
        Assert.That(call.IsCompleted, Is.False);

        await ReconnectAsync();

        Assert.That((await call.Guarded()).ResponseCase, Is.EqualTo(PluginResponse.ResponseOneofCase.Health));
        Assert.That(_connections[0].Disposed, Is.True);
    }

    [Test]
    public async Task Fails_a_call_that_waited_too_long_and_says_why_there_is_no_connection()
    {
        _isThere = true;
        await using OrchestratorClient client = await ConnectAsync();
        _connections[0].Break("gone");
        _isThere = false;
        await ReconnectAsync(isMade: false);
        Task<PluginResponse> call = client.SendAsync(_health);
        await _time.WhenTimerRuns(Wait).Guarded();

        _time.Advance(Wait);

        Assert.That(
            async () => await call.Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "cannot connect to peer:1: nothing listens there (still trying to reconnect)"));
    }

    [Test]
    public async Task Fails_a_call_at_once_where_it_may_not_wait()
    {
        await using OrchestratorClient client = await ConnectAsync(options => options with { ConnectionWait = TimeSpan.Zero });
        _connections[0].Break("gone");

        Assert.That(
            async () => await client.SendAsync(_health).Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "cannot connect to peer:1: gone (still trying to reconnect)"));
    }

    [Test]
    public async Task Gives_up_the_wait_when_the_token_says_so()
    {
        await using OrchestratorClient client = await ConnectAsync(
            options => options with { ConnectionWait = Timeout.InfiniteTimeSpan });
        _connections[0].Break("gone");
        using var cancel = new CancellationTokenSource();
        Task<PluginResponse> call = client.SendAsync(_health, cancel.Token);

        await cancel.CancelAsync();

        Assert.That(async () => await call.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Waits_twice_as_long_after_each_failure_up_to_the_limit()
    {
        await using OrchestratorClient client = await ConnectAsync();
        _isThere = false;
        _connections[0].Break("gone");

        foreach (int milliseconds in new[] { 100, 200, 400, 800, 1000, 1000 })
        {
            Task dialed = _dialed.Task;
            TimeSpan wait = TimeSpan.FromMilliseconds(milliseconds);
            await _time.WhenTimerRuns(wait).Guarded();
            _time.Advance(wait);
            await dialed.Guarded();
        }

        Assert.That(
            _log.Entries.Select(static entry => entry.Message),
            Is.EqualTo(new[]
            {
                "lost the orchestrator: gone; reconnecting",
                "cannot reconnect to the orchestrator yet: nothing listens there",
            }),
            "the same failure is not told again and again");
    }

    [Test]
    public async Task Registers_on_each_connection_before_anything_else()
    {
        await using OrchestratorClient client = await ConnectAsync(options => options with { Registration = TestPlugin.Manifest });
        _connections[0].Break("gone");
        Task<PluginResponse> call = client.SendAsync(_health);

        await ReconnectAsync();
        await call.Guarded();

        Assert.That(_registrations.Select(static request => request.Register), Is.EqualTo(new[] { TestPlugin.Manifest, TestPlugin.Manifest }));
        Assert.That(
            _connections[1].Exchanges.Select(static exchange => exchange.Request!.RequestCase),
            Is.EqualTo(new[] { PluginRequest.RequestOneofCase.Register, PluginRequest.RequestOneofCase.Health }));
    }

    [Test]
    public void Fails_to_connect_when_it_is_rejected()
    {
        _registration = new RegistrationResult { RejectReason = "no such plugin" };

        Assert.That(
            async () => await ConnectAsync(options => options with { Registration = TestPlugin.Manifest }),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo("registration with peer:1 was rejected: no such plugin"));
        Assert.That(_connections[0].Disposed, Is.True);
    }

    [Test]
    public async Task Tries_again_when_it_is_rejected_after_a_loss()
    {
        await using OrchestratorClient client = await ConnectAsync(options => options with { Registration = TestPlugin.Manifest });
        _registration = new RegistrationResult { RejectReason = "still starting" };
        _connections[0].Break("gone");
        await ReconnectAsync();

        _registration = new RegistrationResult { Accepted = true };
        Task<PluginResponse> call = client.SendAsync(_health);
        await ReconnectAsync(TimeSpan.FromMilliseconds(200));

        await call.Guarded();
        Assert.That(_connections, Has.Count.EqualTo(3));
        Assert.That(_connections[1].Disposed, Is.True);
        Assert.That(_log.Entries.Select(static entry => entry.Level), Has.Member(LogLevel.Warning));
    }

    [Test]
    public async Task Does_not_dial_again_once_it_is_disposed_of()
    {
        OrchestratorClient client = await ConnectAsync();
        _connections[0].Break("gone");
        Task<PluginResponse> call = client.SendAsync(_health);
        await _time.WhenTimerRuns(TimeSpan.FromMilliseconds(100)).Guarded();

        await client.DisposeAsync();

        Assert.That(async () => await call.Guarded(), Throws.TypeOf<ObjectDisposedException>());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(_connections, Has.Count.EqualTo(1));
    }

    [TestCase(0.0, 100)]
    [TestCase(1.0, 50)]
    public void Leaves_out_a_random_part_of_a_wait(double random, int expected)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), () => random);
        Assert.That(backoff.Next(), Is.EqualTo(TimeSpan.FromMilliseconds(expected)));
        Assert.That(backoff.Next(), Is.EqualTo(TimeSpan.FromMilliseconds(2 * expected)));
        backoff.Reset();
        Assert.That(backoff.Next(), Is.EqualTo(TimeSpan.FromMilliseconds(expected)));
    }

    private async Task<OrchestratorClient> ConnectAsync(Func<OrchestratorClientOptions, OrchestratorClientOptions>? change = null)
    {
        OrchestratorClientOptions options = Options();
        return await OrchestratorClient.ConnectAsync("peer:1", DialAsync, change?.Invoke(options) ?? options, default).Guarded();
    }

    private OrchestratorClientOptions Options() => new()
    {
        MaxBackoff = TimeSpan.FromSeconds(1),
        ConnectionWait = Wait,
        LoggerFactory = _log,
        TimeProvider = _time,
        Random = static () => 0,
    };

    private Task<ClientTransport> DialAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource dialed = _dialed;
        _dialed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        dialed.SetResult();
        if (!_isThere)
        {
            throw new IOException("nothing listens there");
        }

        var connection = new MemoryTransport(Answer);
        _connections.Add(connection);
        return Task.FromResult<ClientTransport>(connection);
    }

    private byte[]? Answer(PluginRequest request)
    {
        var response = new PluginResponse { RequestId = request.RequestId };
        if (request.RequestCase == PluginRequest.RequestOneofCase.Register)
        {
            _registrations.Add(request);
            response.Register = _registration;
        }
        else
        {
            response.Health = new HealthResult();
        }

        return _answers ? MemoryExchange.Frame(response) : null;
    }

    /// <summary>Lets the next wait pass, and the dialing after it happen.</summary>
    private async Task ReconnectAsync(TimeSpan? wait = null, bool isMade = true)
    {
        TimeSpan time = wait ?? TimeSpan.FromMilliseconds(100);
        Task dialed = _dialed.Task;
        await _time.WhenTimerRuns(time).Guarded();
        _time.Advance(time);
        await dialed.Guarded();
        Assert.That(_isThere, Is.EqualTo(isMade));
    }
}
