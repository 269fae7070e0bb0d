using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

internal sealed class SendBufferTests
{
    private const int Pieces = 8192;

    [Test]
    public void Remembers_only_so_many_pieces_that_were_acknowledged_and_sends_the_others_again()
    {
        // A peer that acknowledges every other packet of one byte.
        var buffer = new SendBuffer();
        byte[] bytes = new byte[Pieces];
        new Random(1).NextBytes(bytes);
        buffer.Write(bytes);
        buffer.Finish();
        for (int i = 0; i < Pieces; i++)
        {
            buffer.OnSent(i, 1, fin: i == Pieces - 1);
        }

        for (int i = 1; i < Pieces; i += 2)
        {
            buffer.OnAcknowledged(i, 1, fin: i == Pieces - 1);
        }

        for (int i = 0; i < Pieces; i += 2)
        {
            buffer.OnLost(i, 1, fin: false);
        }

        // 1024 of the 4096 that arrived are known.
        int sentAgain = 0;
        byte[] piece = new byte[Pieces];
        while (buffer.HasLost)
        {
            (long offset, int length, bool isRetransmission) = buffer.Peek(long.MaxValue);
            Assert.That(isRetransmission);
            buffer.Read(offset, piece.AsSpan(0, length));
            Assert.That(piece.AsSpan(0, length).SequenceEqual(bytes.AsSpan((int)offset, length)));
            buffer.OnSent(offset, length, fin: false);
            sentAgain += length;
        }

        Assert.That(sentAgain, Is.EqualTo(Pieces - 1024));
        buffer.OnAcknowledged(0, Pieces, fin: true);
        Assert.That(buffer.IsComplete);
    }
}
