using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Protocol;

public class EncodedMessageTests
{
    [Test]
    public void Gives_a_byte_for_each_character()
    {
        var message = new EncodedMessage("\u0000a\u0080\u00FF");
        byte[] bytes = [0, 0x61, 0x80, 0xFF];
        byte[] copy = new byte[message.Length];
        message.CopyTo(copy);

        Assert.That(message.ToArray(), Is.EqualTo(bytes));
        Assert.That(copy, Is.EqualTo(bytes));
    }

    [Test]
    public void Is_empty_by_default()
    {
        default(EncodedMessage).CopyTo([]);

        Assert.That(default(EncodedMessage).Length, Is.Zero);
        Assert.That(default(EncodedMessage).ToArray(), Is.Empty);
    }
}
