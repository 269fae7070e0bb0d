using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace MyNamespace.Tests;

/// <summary>The tools within this process: with the checks and errors of a call that an orchestrator makes.</summary>
public sealed class ToolTests
{
    private ExportedPlugin _plugin = null!;

    [SetUp]
    public void Start() => _plugin = ExportedPlugin.For(new MyClassTools());

    [TearDown]
    public async Task Stop() => await _plugin.DisposeAsync();

    [Test]
    public async Task Adds_with_the_next_number()
    {
        await _plugin.CallToolAsync("add_todo", ("title", "Water the plants"));
        ToolResponse answer = await _plugin.CallToolAsync("add_todo", ("title", "Call Ada"), ("due", "2030-01-31"));

        Assert.That(answer.Success, Is.True, answer.ErrorMessage);
        Assert.That(answer.Result.Fields["id"].NumberValue, Is.EqualTo(2));
        Assert.That(answer.Result.Fields["priority"].StringValue, Is.EqualTo("Normal"));
    }

    [Test]
    public async Task Lists_what_matters_most_first()
    {
        await _plugin.CallToolAsync("add_todo", ("title", "Water the plants"), ("priority", "Low"));
        await _plugin.CallToolAsync("add_todo", ("title", "Call Ada"), ("priority", "High"));

        ToolResponse answer = await _plugin.CallToolAsync("list_todos");

        Assert.That(
            answer.Result.Fields["data"].ListValue.Values.Select(item => item.StructValue.Fields["title"].StringValue),
            Is.EqualTo(new[] { "Call Ada", "Water the plants" }));
    }

    [Test]
    public async Task Refuses_a_title_that_is_empty()
    {
        ToolResponse answer = await _plugin.CallToolAsync("add_todo", ("title", ""));

        Assert.That(answer.ErrorCode, Is.EqualTo("invalid_arguments"));
        Assert.That(answer.ErrorMessage, Does.Contain("title"));
    }
}
