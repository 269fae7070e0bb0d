using CsCheck;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class RingBufferTests
{
    private RingBuffer _bytes;

    [TearDown]
    public void Dispose() => _bytes.Release();

    [Test]
    public void Gives_its_memory_back_when_it_is_empty()
    {
        int before = HeldBuffers.Count;
        _bytes.Write(0, new byte[10], storedEnd: 0);
        Assert.That(HeldBuffers.Count, Is.EqualTo(before + 1));
        _bytes.Advance(9, storedEnd: 10);
        Assert.That(HeldBuffers.Count, Is.EqualTo(before + 1));
        _bytes.Advance(10, storedEnd: 10);
        Assert.That((HeldBuffers.Count, _bytes.Start), Is.EqualTo((before, 10)));
    }

    [Test]
    public void Nothing_takes_no_memory()
    {
        int before = HeldBuffers.Count;
        _bytes.Write(5, [], storedEnd: 0);
        Assert.That(HeldBuffers.Count, Is.EqualTo(before));
    }

    /// <summary>Against a plain list: what was written is read, wherever the ring begins anew and however often it grew.</summary>
    [Test]
    public void Reads_what_was_written() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 3000]).Array[1, 20].Sample(steps =>
        {
            RingBuffer ring = default;
            var model = new List<byte>();
            byte next = 0;
            foreach ((int written, int taken) in steps)
            {
                byte[] data = [.. Enumerable.Range(0, written).Select(_ => next++)];
                ring.Write(ring.Start + model.Count, data, ring.Start + model.Count);
                model.AddRange(data);
                byte[] read = new byte[Math.Min(taken, model.Count)];
                if (read.Length > 0)
                {
                    ring.Read(ring.Start, read);
                }

                Assert.That(read, Is.EqualTo(model.Take(read.Length)));
                model.RemoveRange(0, read.Length);
                ring.Advance(ring.Start + read.Length, ring.Start + read.Length + model.Count);
            }

            ring.Release();
        });
}
