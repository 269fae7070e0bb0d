using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace MyNamespace.Tests;

public sealed class PromptTests
{
    [Test]
    public async Task Plans_with_what_is_on_the_list()
    {
        await using ExportedPlugin plugin = ExportedPlugin.For(new MyClassTools());
        await plugin.CallToolAsync("add_todo", ("title", "Call Ada"));

        PromptGetResponse prompt = await plugin.GetPromptAsync("plan_day", ("hours", "2"));

        Assert.That(prompt.Messages[0].Content.Text, Does.Contain("2 hours").And.Contain("Call Ada"));
    }
}
