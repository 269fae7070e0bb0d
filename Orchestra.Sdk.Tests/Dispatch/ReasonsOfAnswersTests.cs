using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Wherever a person or a model reads why something failed, it is the reason and not its wrappings.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReasonsOfAnswersTests : IStorageHandler, ILifecycleHooks, IHealthCheck
{
    private const string Reason = "the disk is full";

    private static readonly Exception Wrapped =
        new TypeInitializationException("Settings", new TargetInvocationException(new AggregateException(new InvalidOperationException(Reason))));

    [Test]
    public async Task Is_what_every_answer_says()
    {
        await using ExportedPlugin plugin = new PluginBuilder("tools.broken")
            .ServerOptions(new() { LoggerFactory = NullLoggerFactory.Instance })
            .RegisterTool("tool", "", null, static (_, _, _) => throw Wrapped)
            .RegisterStreamingTool("stream", "", null, static (_, _, _, _) => throw Wrapped)
            .RegisterPrompt(new() { Name = "prompt" }, static (_, _, _) => throw Wrapped)
            .SetStorageHandler(this)
            .Lifecycle(this)
            .HealthCheck(this)
            .Export();
        plugin.Server.SetRegistrationHandler(static (_, _, _) => throw Wrapped);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await AskAsync(plugin, new() { ToolCall = new() { ToolName = "tool" } })).ToolCall.ErrorMessage, Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { ToolCall = new() { ToolName = "stream" } })).ToolCall.ErrorMessage, Is.EqualTo(Reason));
            Assert.That(
                (await AskAsync(plugin, new() { StreamStart = new() { StreamId = "s", ToolName = "stream" } })).StreamEnd.ErrorMessage,
                Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { PromptGet = new() { PromptName = "prompt" } })).PromptGet.Description, Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { StorageWrite = new() { Path = "a" } })).StorageWrite.Error, Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { Boot = new() })).Boot.Error, Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { Health = new() })).Health.Message, Is.EqualTo(Reason));
            Assert.That((await AskAsync(plugin, new() { Register = new() { Id = "p" } })).Register.RejectReason, Is.EqualTo(Reason));
        }
    }

    public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask ShutdownAsync(CancellationToken cancellationToken) => throw Wrapped;

    public ValueTask<HealthReport> CheckHealthAsync(CancellationToken cancellationToken) => throw Wrapped;

    private static Task<PluginResponse> AskAsync(ExportedPlugin plugin, PluginRequest request) => plugin.Client.SendAsync(request).Guarded();
}
