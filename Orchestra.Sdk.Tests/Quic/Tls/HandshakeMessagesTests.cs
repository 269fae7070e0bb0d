using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

internal sealed class HandshakeMessagesTests
{
    private static readonly byte[] First = HelloEditor.Message(1, 10, 11, 12);
    private static readonly byte[] Empty = HelloEditor.Message(2);
    private static readonly byte[] Large = HelloEditor.Message(3, new byte[1000]);

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(2000)]
    public void Cuts_messages_however_they_come(int pieceLength)
    {
        var messages = new HandshakeMessages();
        var read = new List<byte[]>();

        foreach (var piece in First.Concat(Empty).Concat(Large).Chunk(pieceLength))
        {
            ReadOnlySpan<byte> data = piece;
            while (messages.TryRead(ref data, out var message))
            {
                read.Add(message.ToArray());
            }

            Assert.That(data.IsEmpty);
        }

        Assert.That(read, Is.EqualTo(new[] { First, Empty, Large }));
    }

    [Test]
    public void Leaves_what_follows_a_message()
    {
        ReadOnlySpan<byte> data = [.. First, 7, 8];

        Assert.That(new HandshakeMessages().TryRead(ref data, out _));
        Assert.That(data.ToArray(), Is.EqualTo(new byte[] { 7, 8 }));
    }

    [TestCase(HandshakeMessages.MaxMessageLength - HandshakeMessages.HeaderLength, false)]
    [TestCase(HandshakeMessages.MaxMessageLength - HandshakeMessages.HeaderLength + 1, true)]
    [TestCase(0xffffff, true)]
    public void Refuses_by_its_header_what_is_too_large(int length, bool isRefused)
    {
        byte[] header = [1, (byte)(length >> 16), (byte)(length >> 8), (byte)length];

        Assert.That(
            () =>
            {
                ReadOnlySpan<byte> data = header;
                return new HandshakeMessages().TryRead(ref data, out _);
            },
            isRefused ? Throws.InstanceOf<TlsAlertException>() : Is.False);
    }
}
