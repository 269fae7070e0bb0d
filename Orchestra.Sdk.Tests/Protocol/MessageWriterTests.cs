using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Protocol;

public class MessageWriterTests
{
    [TestCase(0)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(100_000)]
    public void Encodes_a_constant_as_the_message_would_be(int descriptionLength)
    {
        var tools = new ListToolsResponse
        {
            Tools = { new ToolDefinition { Name = "tool", Description = new string('d', descriptionLength) } },
        };
        var whole = new PluginResponse { RequestId = "id", ListTools = tools };

        using PooledBuffer frame = MessageWriter.Encode(
            new PluginResponse { RequestId = "id" }, PluginResponse.ListToolsFieldNumber, TestPlugin.Encode(tools));
        Assert.That(frame.Span.ToArray(), Is.EqualTo(MemoryExchange.Frame(whole)));
    }

    [Test]
    public void Refuses_a_constant_over_the_limit()
    {
        Assert.That(
            () => MessageWriter.Encode(new PluginResponse(), 21, new EncodedMessage(new string('x', MessageFraming.MaxMessageSize))),
            Throws.TypeOf<MessageFramingException>());
    }

    [Test]
    public void Encodes_two_messages_as_one()
    {
        var whole = new PluginRequest { RequestId = "id", Health = new HealthRequest() };

        using PooledBuffer frame = MessageWriter.Encode(
            new PluginRequest { RequestId = "id" }, new PluginRequest { Health = new HealthRequest() });
        Assert.That(frame.Span.ToArray(), Is.EqualTo(MemoryExchange.Frame(whole)));
    }
}
