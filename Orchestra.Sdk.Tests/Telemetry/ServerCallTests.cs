using System.Diagnostics;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Tests.Telemetry;

internal sealed class ServerCallTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Test]
    public void Makes_the_caller_s_trace_the_parent()
    {
        using var recording = new Recording();

        ServerCall.Start("tool_call", "id-1", Request(TraceParent)).End("", "");

        Activity activity = recording.Activities.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(activity.Kind, Is.EqualTo(ActivityKind.Server));
            Assert.That(activity.TraceId.ToHexString(), Is.EqualTo("0af7651916cd43dd8448eb211c80319c"));
            Assert.That(activity.ParentSpanId.ToHexString(), Is.EqualTo("b7ad6b7169203331"));
            Assert.That(activity.HasRemoteParent, Is.True);
            Assert.That(activity.DisplayName, Is.EqualTo("tool_call greet"));
            Assert.That(activity.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(activity.TagObjects.ToDictionary(), Is.EqualTo(new Dictionary<string, object?>
            {
                ["rpc.system.name"] = "orchestra",
                ["rpc.method"] = "tool_call",
                ["gen_ai.tool.name"] = "greet",
                ["orchestra.request_id"] = "id-1",
                ["orchestra.caller_plugin"] = "tools.other",
                ["session.id"] = "session-1",
            }));
        }
    }

    [TestCase("")]
    [TestCase("garbage")]
    [TestCase("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public void Begins_a_trace_where_the_caller_s_is_none(string traceParent)
    {
        using var recording = new Recording();

        ServerCall.Start("tool_call", "id-1", Request(traceParent)).End("", "");

        Assert.That(recording.Activities.Single().ParentId, Is.Null);
    }

    [Test]
    public void Tells_of_a_failure()
    {
        using var recording = new Recording();

        ServerCall.Start("tool_call", "id-1", Request()).End("note_not_found", "there is no note 7");

        Activity activity = recording.Activities.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(activity.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(activity.StatusDescription, Is.EqualTo("there is no note 7"));
            Assert.That(activity.GetTagItem("error.type"), Is.EqualTo("note_not_found"));
        }
    }

    [Test]
    public void Measures_how_long_it_took()
    {
        using var recording = new Recording();

        ServerCall.Start("stream_start", "id-1", Request()).End("full", "no more");

        Measured measured = recording.Of("rpc.server.call.duration").Single();
        Assert.That(measured.Value, Is.GreaterThan(0));
        Assert.That(measured.Tags, Is.EqualTo(new Dictionary<string, object?>
        {
            ["rpc.system.name"] = "orchestra",
            ["rpc.method"] = "stream_start",
            ["gen_ai.tool.name"] = "greet",
            ["error.type"] = "full",
        }));
    }

    [Test]
    public void Makes_no_tag_of_a_name_that_no_tool_has()
    {
        using var recording = new Recording();

        ServerCall.Start("tool_call", "id-1", Request()).End("tool_not_found", "tool \"greet\" not found");

        Assert.That(recording.Of("rpc.server.call.duration").Single().Tags.Keys, Has.No.Member("gen_ai.tool.name"));
        Assert.That(recording.Activities.Single().DisplayName, Is.EqualTo("tool_call"));
    }

    [Test]
    public void Counts_the_calls_that_run()
    {
        using var recording = new Recording();
        double before = recording.Observe("orchestra.server.active_calls");

        var call = ServerCall.Start("tool_call", "id-1", Request());

        Assert.That(recording.Observe("orchestra.server.active_calls"), Is.EqualTo(before + 1));
        call.End("", "");
        Assert.That(recording.Observe("orchestra.server.active_calls"), Is.EqualTo(before));
    }

    [Test]
    public void Allocates_nothing_while_nobody_listens()
    {
        ToolRequest request = Request(TraceParent);
        ServerCall.Start("tool_call", "id-1", request).End("", "");
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            ServerCall.Start("tool_call", "id-1", request).End("failed", "no");
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Lets_no_more_than_so_many_values_become_tags()
    {
        var values = new TagValues(limit: 2);

        Assert.That(
            new[] { "a", "b", "c", "a", new string('x', 1000) }.Select(values.Limit),
            Is.EqualTo(new[] { "a", "b", "_OTHER", "a", "_OTHER" }));
    }

    private static ToolRequest Request(string traceParent = "") => new()
    {
        ToolName = "greet",
        CallerPlugin = "tools.other",
        SessionId = "session-1",
        TraceParent = traceParent,
    };
}
