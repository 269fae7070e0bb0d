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
        await _plugin.CallToolAsync("add_todo", new { title = "Water the plants" });

        var due = new DateOnly(2030, 1, 31);
        TodoItem item = await _plugin.CallToolAsync("add_todo", new { title = "Call Ada", due }).ReadAsAsync<TodoItem>();

        Assert.That(item, Is.EqualTo(new TodoItem(2, "Call Ada", Priority.Normal, due)));
    }

    [Test]
    public async Task Lists_what_matters_most_first()
    {
        await _plugin.CallToolAsync("add_todo", new { title = "Water the plants", priority = Priority.Low });
        await _plugin.CallToolAsync("add_todo", new { title = "Call Ada", priority = Priority.High });

        List<TodoItem> items = await _plugin.CallToolAsync("list_todos").ReadAsAsync<List<TodoItem>>();

        Assert.That(items.Select(item => item.Title), Is.EqualTo(new[] { "Call Ada", "Water the plants" }));
    }

    [Test]
    public async Task Refuses_a_title_that_is_empty()
    {
        ToolResponse answer = await _plugin.CallToolAsync("add_todo", new { title = "" });

        Assert.That(answer.EnsureError("invalid_arguments").Faults().Single(), Does.Contain("title"));
    }
}
