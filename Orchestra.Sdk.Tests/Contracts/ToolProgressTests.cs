using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Contracts;

internal sealed class ToolProgressTests
{
    [Test]
    public void Reports_to_the_caller_the_trace_and_the_log()
    {
        using var log = new CapturingLoggerFactory();
        using var activity = new Activity("call") { IsAllDataRequested = true };
        activity.Start();
        var reports = new Reports();
        var context = new ToolContext { ToolName = "tool", RequestId = "id-1", Logger = log, Progress = reports };

        context.ProgressOf<int>().Report(50);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reports.Values, Is.EqualTo(new object[] { 50 }));
            ActivityEvent reported = activity.Events.Single();
            Assert.That((reported.Name, reported.Tags.Single().Value), Is.EqualTo(("progress", "50")));
            Assert.That(log.Entries.Single(), Is.EqualTo((LogLevel.Debug, "tool tool: 50 (request id-1)", (Exception?)null)));
        }
    }

    [Test]
    public void Keeps_a_trace_from_growing_without_end()
    {
        using var log = new CapturingLoggerFactory();
        using var activity = new Activity("call") { IsAllDataRequested = true };
        activity.Start();
        IProgress<string> progress = new ToolContext { ToolName = "tool", RequestId = "id-1", Logger = log }.ProgressOf<string>();

        for (int i = 0; i < 1000; i++)
        {
            progress.Report("more");
        }

        Assert.That(activity.Events.Count(), Is.EqualTo(128));
    }

    private sealed class Reports : IProgress<object?>
    {
        public List<object?> Values { get; } = [];

        public void Report(object? value) => Values.Add(value);
    }
}
