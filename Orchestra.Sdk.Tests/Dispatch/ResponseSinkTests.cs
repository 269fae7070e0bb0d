using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Requests are answered the same way where nothing is framed: the sink is any.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ResponseSinkTests
{
    private readonly Sink _sink = new();

    [Test]
    public async Task Gets_the_answer_to_a_call()
    {
        RequestDispatcher dispatcher = Create(new TestPlugin((_, _, _) => new(ToolResult.Text("hello").ToResponse())));

        bool mayEnd = await dispatcher.DispatchAsync(Request(new() { ToolCall = new() { ToolName = "tool" } }), default);

        Assert.That(mayEnd, Is.False);
        Assert.That(_sink.Responses, Is.EqualTo(new PluginResponse[]
        {
            new() { RequestId = "id-1", ToolCall = ToolResult.Text("hello").ToResponse() },
        }));
    }

    [Test]
    public async Task Gets_the_result_of_a_plain_tool_as_the_chunk_of_a_stream()
    {
        RequestDispatcher dispatcher = Create(new TestPlugin((_, _, _) => new(ToolResult.Text("hello").ToResponse())));

        await dispatcher.DispatchAsync(Request(new() { StreamStart = new() { StreamId = "s1", ToolName = "tool" } }), default);

        Assert.That(
            _sink.Responses.Select(response => response.StreamChunk?.Data.ToStringUtf8() ?? $"{response.ResponseCase}"),
            Is.EqualTo(new[] { "hello", "StreamEnd" }));
    }

    [Test]
    public async Task Gets_a_constant_as_it_is()
    {
        await Create(new TestPlugin()).DispatchAsync(Request(new() { ListTools = new() }), default);

        Assert.That(_sink.Constants, Is.EqualTo(new[] { ("id-1", PluginResponse.ListToolsFieldNumber) }));
    }

    [Test]
    public async Task Hears_that_the_plugin_may_end()
    {
        bool mayEnd = await Create(new TestPlugin()).DispatchAsync(Request(new() { Shutdown = new() }), default);

        Assert.That(mayEnd, Is.True);
    }

    private static RequestDispatcher Create(TestPlugin plugin) => new(
        PluginInstance.Of(plugin),
        new PluginEnvironment(new PluginServerOptions(), NullLogger.Instance),
        new CallGate(1, new CancellationTokenSource(), TimeProvider.System));

    private IncomingRequest Request(PluginRequest request)
    {
        request.RequestId = "id-1";
        return new IncomingRequest(request, new Peer(name: null, mayManage: true, Shares.Of(null), NullLogger.Instance), _sink);
    }

    private sealed class Sink : IResponseSink
    {
        public List<PluginResponse> Responses { get; } = [];

        public List<(string RequestId, int Field)> Constants { get; } = [];

        public ValueTask WriteAsync(PluginResponse response, bool last)
        {
            // A chunk's bytes are the tool's own, which may reuse them.
            Responses.Add(response.Clone());
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteEncodedAsync(string requestId, int fieldNumber, EncodedMessage content)
        {
            Constants.Add((requestId, fieldNumber));
            return ValueTask.CompletedTask;
        }
    }
}
