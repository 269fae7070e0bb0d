using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Prompts, storage, health and the limits: what goes wrong in them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HandlerTests : IDisposable
{
    private readonly CapturingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task A_prompt_that_fails_says_why_without_messages()
    {
        await using ExportedPlugin plugin = Builder()
            .RegisterPrompt(new PromptDefinition { Name = "review" }, (_, _, _) => throw new InvalidOperationException("no model"))
            .Export();
        Assert.That(await plugin.GetPromptAsync("review").Guarded(), Is.EqualTo(new PromptGetResponse { Description = "no model" }));
        Assert.That(_log.Entries.Single().Message, Does.StartWith("prompt \"review\" failed"));
    }

    [Test]
    public async Task Storage_requests_reach_the_handler()
    {
        await using ExportedPlugin plugin = Builder().SetStorageHandler(new Storage()).Export();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(plugin, new() { StorageRead = new() { Path = "a" } })).StorageRead.Version, Is.EqualTo(7));
            Assert.That((await SendAsync(plugin, new() { StorageWrite = new() { Path = "a" } })).StorageWrite.NewVersion, Is.EqualTo(8));
            Assert.That((await SendAsync(plugin, new() { StorageDelete = new() { Path = "a" } })).StorageDelete.Success, Is.True);
            Assert.That((await SendAsync(plugin, new() { StorageList = new() })).StorageList.Entries.Single().Path, Is.EqualTo("a"));
        }
    }

    [Test]
    public async Task A_storage_handler_that_fails_answers_as_if_there_were_nothing()
    {
        await using ExportedPlugin plugin = Builder().SetStorageHandler(new Storage { Failure = new IOException("disk full") }).Export();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(plugin, new() { StorageRead = new() })).StorageRead, Is.EqualTo(new StorageReadResponse()));
            Assert.That(
                (await SendAsync(plugin, new() { StorageWrite = new() })).StorageWrite,
                Is.EqualTo(new StorageWriteResponse { Error = "disk full" }));
            Assert.That((await SendAsync(plugin, new() { StorageDelete = new() })).StorageDelete.Success, Is.False);
            Assert.That((await SendAsync(plugin, new() { StorageList = new() })).StorageList.Entries, Is.Empty);
            Assert.That(_log.Entries, Has.Count.EqualTo(4));
        }
    }

    [Test]
    public async Task Health_is_what_the_check_says()
    {
        var report = new HealthReport(HealthStatus.Degraded, "slow") { Details = new Dictionary<string, string> { ["queue"] = "12" } };
        await using ExportedPlugin plugin = Builder().HealthCheck(new Check(() => Task.FromResult(report))).Export();
        Assert.That(await plugin.Client.HealthAsync().Guarded(), Is.EqualTo(new HealthResult
        {
            Status = HealthResult.Types.Status.Degraded,
            Message = "slow",
            Details = { ["queue"] = "12" },
        }));
    }

    [Test]
    public async Task Health_is_bad_when_the_check_throws()
    {
        await using ExportedPlugin plugin = Builder().HealthCheck(new Check(() => throw new IOException("gone"))).Export();
        HealthResult health = await plugin.Client.HealthAsync().Guarded();
        Assert.That((health.Status, health.Message), Is.EqualTo((HealthResult.Types.Status.Unhealthy, "gone")));
    }

    [Test]
    public async Task Health_is_bad_when_the_check_hangs_and_the_check_runs_once()
    {
        int checks = 0;
        var started = new TaskCompletionSource();
        var time = new ManualTimeProvider();
        await using ExportedPlugin plugin = Builder(new PluginServerOptions { TimeProvider = time })
            .HealthCheck(new Check(() =>
            {
                checks++;
                started.TrySetResult();
                return new TaskCompletionSource<HealthReport>().Task;
            }))
            .Export();
        for (int i = 0; i < 2; i++)
        {
            Task<HealthResult> asking = plugin.Client.HealthAsync();
            await started.Task.Guarded();

            // Who asks has such a timer, and the first time the check has one too.
            while (await Task.WhenAny(asking, time.WhenTimerRuns(TimeSpan.FromSeconds(5))).Guarded() != asking)
            {
                time.Advance(TimeSpan.FromSeconds(5));
            }

            Assert.That((await asking).Message, Does.Contain("takes longer than 5 s"));
        }

        Assert.That(checks, Is.EqualTo(1));
    }

    [Test]
    public async Task Content_of_a_prompt_is_text_where_nobody_says_what_it_is()
    {
        await using ExportedPlugin plugin = Builder()
            .RegisterPrompt(new PromptDefinition { Name = "review" }, (_, _, _) => new(new PromptGetResponse
            {
                Messages =
                {
                    new PromptMessage { Role = "user", Content = new() { Text = "x" } },
                    new PromptMessage { Role = "user", Content = new() { Type = "image", Text = "y" } },
                    new PromptMessage { Role = "user" },
                },
            }))
            .Export();

        PromptGetResponse response = await plugin.GetPromptAsync("review").Guarded();
        Assert.That(response.Messages.Select(message => message.Content?.Type), Is.EqualTo(new[] { "text", "image", null }));
    }

    [Test]
    public async Task Calls_beyond_the_limit_are_answered_at_once()
    {
        var finish = new TaskCompletionSource<ToolResult>();
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = Builder(new PluginServerOptions { MaxConcurrentCalls = 1 })
            .RegisterTool("wait", "", null, (_, _, _) =>
            {
                started.SetResult();
                return new(finish.Task);
            })
            .Export();
        Task<ToolResponse> first = plugin.CallToolAsync("wait");
        await started.Task.Guarded();

        Assert.That((await plugin.CallToolAsync("wait").Guarded()).ErrorCode, Is.EqualTo("overloaded"));
        Assert.That(
            async () => await plugin.StreamToolAsync("wait").GetAsyncEnumerator().MoveNextAsync().AsTask().Guarded(),
            Throws.TypeOf<ToolException>().With.Property("Code").EqualTo("overloaded"));
        Assert.That((await plugin.Client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"), "health is no call");
        finish.SetResult(ToolResult.Text("done"));
        Assert.That((await first.Guarded()).Success, Is.True);
    }

    [Test]
    public async Task Requests_beyond_the_bytes_in_flight_are_answered_at_once()
    {
        var finish = new TaskCompletionSource<ToolResult>();
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = Builder(new PluginServerOptions { MaxMessageBytesInFlight = 16 * 1024 * 1024 })
            .RegisterTool("wait", "", null, (_, _, _) =>
            {
                started.TrySetResult();
                return new(finish.Task);
            })
            .Export();
        string large = new('x', 10_000_000);
        Task<ToolResponse> first = plugin.CallToolAsync("wait", ("a", large));
        await started.Task.Guarded();

        Assert.That((await plugin.CallToolAsync("wait", ("a", large)).Guarded()).ErrorCode, Is.EqualTo("overloaded"));
        finish.SetResult(ToolResult.Text("done"));
        Assert.That((await first.Guarded()).Success, Is.True);
        Assert.That((await plugin.CallToolAsync("wait", ("a", large)).Guarded()).Success, Is.True, "there is room again");
    }

    [Test]
    public async Task Requests_count_with_what_they_become()
    {
        var finish = new TaskCompletionSource<ToolResult>();
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = Builder(new PluginServerOptions { MaxMessageBytesInFlight = 16 * 1024 * 1024 })
            .RegisterTool("wait", "", null, (_, _, _) =>
            {
                started.TrySetResult();
                return new(finish.Task);
            })
            .Export();

        // 600 KB, and 19 MB in memory. Nothing else is there, so that it is taken.
        Value many = Value.ForList([.. Enumerable.Repeat(new Value(), 300_000)]);
        Task<ToolResponse> first = plugin.CallToolAsync("wait", ("a", many));
        await started.Task.Guarded();

        Assert.That((await plugin.CallToolAsync("wait", ("a", many)).Guarded()).ErrorCode, Is.EqualTo("overloaded"));
        Assert.That((await plugin.Client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"));
        finish.SetResult(ToolResult.Text("done"));
        Assert.That((await first.Guarded()).Success, Is.True);
        Assert.That((await plugin.CallToolAsync("wait", ("a", many)).Guarded()).Success, Is.True, "there is room again");

        Value tooMany = Value.ForList([.. Enumerable.Repeat(new Value(), 1_200_000)]);
        ToolResponse refused = await plugin.CallToolAsync("wait", ("a", tooMany)).Guarded();
        Assert.That(refused.ErrorCode, Is.EqualTo("invalid_request"));
        Assert.That(refused.ErrorMessage, Does.Contain("the values of the request would take 73 MiB, more than the 64 MiB that one may take"));
        Assert.That((await plugin.CallToolAsync("wait", ("a", many)).Guarded()).Success, Is.True, "it took nothing");
    }

    [Test]
    public async Task Values_come_and_go_that_nest_128_levels()
    {
        await using ExportedPlugin plugin = Builder()
            .RegisterTool("echo", "", null, (arguments, _, _) => new(ToolResult.Json(arguments)))
            .Export();
        Value deepest = new();
        for (int i = 0; i < 64; i++)
        {
            deepest = Value.ForStruct(new Struct { Fields = { ["children"] = Value.ForList(deepest) } });
        }

        ToolResponse answer = await plugin.CallToolAsync("echo", ("a", deepest)).Guarded();
        Assert.That(answer.Result.Fields["a"], Is.EqualTo(deepest));

        ToolResponse refused = await plugin.CallToolAsync("echo", ("a", Value.ForList(deepest))).Guarded();
        Assert.That(refused.ErrorCode, Is.EqualTo("invalid_request"));
        Assert.That(refused.ErrorMessage, Does.EndWith("the request nests more than 128 objects and arrays within one another"));
    }

    [Test]
    public async Task A_response_that_no_client_would_hold_is_an_error()
    {
        Value many = Value.ForList([.. Enumerable.Repeat(new Value(), 4_500_000)]);
        Value tooDeep = new();
        for (int i = 0; i < 129; i++)
        {
            tooDeep = Value.ForList(tooDeep);
        }

        await using ExportedPlugin plugin = Builder()
            .RegisterTool("many", "", null, (_, _, _) => new(ToolResult.Json(new Struct { Fields = { ["a"] = many } })))
            .RegisterTool("deep", "", null, (_, _, _) => new(ToolResult.Json(new Struct { Fields = { ["a"] = tooDeep } })))
            .Export();

        Assert.That(
            async () => await plugin.CallToolAsync("many").Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EndsWith(
                "the values of the response would take 274 MiB, more than the 256 MiB that one may take"));
        Assert.That(
            async () => await plugin.CallToolAsync("deep").Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.EndsWith(
                "the response nests more than 128 objects and arrays within one another"));
    }

    [Test]
    public async Task Responses_beyond_the_bytes_in_flight_are_answered_by_an_error()
    {
        var finish = new TaskCompletionSource<ToolResult>();
        var started = new TaskCompletionSource();
        string large = new('x', 10_000_000);
        await using ExportedPlugin plugin = Builder(new PluginServerOptions { MaxMessageBytesInFlight = 16 * 1024 * 1024 })
            .RegisterTool("wait", "", null, (_, _, _) =>
            {
                started.SetResult();
                return new(finish.Task);
            })
            .RegisterTool("large", "", null, (_, _, _) => new(ToolResult.Text(large)))
            .Export();
        Task<ToolResponse> first = plugin.CallToolAsync("wait", ("a", large));
        await started.Task.Guarded();

        ToolResponse refused = await plugin.CallToolAsync("large").Guarded();
        Assert.That(refused.ErrorCode, Is.EqualTo("overloaded"));
        Assert.That(refused.ErrorMessage, Does.EndWith("try again later"));
        finish.SetResult(ToolResult.Text("done"));
        Assert.That((await first.Guarded()).Success, Is.True);
        Assert.That((await plugin.CallToolAsync("large").Guarded()).Success, Is.True, "there is room again");
    }

    [Test]
    public async Task A_storage_handler_that_gives_nothing_answers_as_one_that_fails()
    {
        await using ExportedPlugin plugin = Builder().SetStorageHandler(new Nothing()).Export();
        Assert.That(
            (await SendAsync(plugin, new() { StorageWrite = new() })).StorageWrite.Error,
            Is.EqualTo("the storage handler returned no response"));
    }

    private PluginBuilder Builder(PluginServerOptions? options = null) =>
        new PluginBuilder("tools.test").ServerOptions((options ?? new PluginServerOptions()) with { LoggerFactory = _log });

    private static Task<PluginResponse> SendAsync(ExportedPlugin plugin, PluginRequest request) =>
        plugin.Client.SendAsync(request).Guarded();

    private sealed class Check(Func<Task<HealthReport>> check) : IHealthCheck
    {
        public async ValueTask<HealthReport> CheckHealthAsync(CancellationToken cancellationToken) => await check();
    }

    private sealed class Storage : IStorageHandler
    {
        public Exception? Failure { get; init; }

        public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
            Answer(new StorageReadResponse { Version = 7 });

        public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
            Answer(new StorageWriteResponse { Success = true, NewVersion = 8 });

        public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
            Answer(new StorageDeleteResponse { Success = true });

        public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
            Answer(new StorageListResponse { Entries = { new StorageEntry { Path = "a" } } });

        private ValueTask<T> Answer<T>(T response) => Failure is null ? new(response) : throw Failure;
    }

    private sealed class Nothing : IStorageHandler
    {
        public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) => default;

        public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) => default;

        public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) => default;

        public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) => default;
    }
}
