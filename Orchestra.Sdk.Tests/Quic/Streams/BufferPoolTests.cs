using System.Runtime.CompilerServices;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

// Nobody else takes large ones meanwhile.
[NonParallelizable]
internal sealed class BufferPoolTests
{
    private const int Mebibyte = 1024 * 1024;

    [TestCase(1)]
    [TestCase(BufferPool.MaxShared)]
    [TestCase(BufferPool.MaxShared + 1)]
    [TestCase((16 * Mebibyte) + 4)]
    [TestCase(33 * Mebibyte)]
    public void Gives_at_least_what_is_asked_for(int length)
    {
        byte[] array = BufferPool.Rent(length);
        Assert.That(array, Has.Length.GreaterThanOrEqualTo(length));
        BufferPool.Return(array);
    }

    [TestCase(BufferPool.MaxShared + 1)]
    [TestCase((16 * Mebibyte) + 4)]
    public void Gives_a_large_one_again_to_any_thread(int length)
    {
        byte[] first = BufferPool.Rent(length);
        BufferPool.Return(first);
        byte[]? second = null;
        var thread = new Thread(() => second = BufferPool.Rent(length));
        thread.Start();
        thread.Join();
        Assert.That(ReferenceEquals(second, first));
        BufferPool.Return(second!);
    }

    [Test]
    public void Keeps_no_large_one_when_it_is_trimmed()
    {
        byte[] held = BufferPool.Rent(Mebibyte);
        WeakReference idle = RentAndReturn();
        BufferPool.Trim();
        GC.Collect();
        Assert.That(idle.IsAlive, Is.False);
        BufferPool.Return(held);
    }

    [Test]
    public void Keeps_no_large_one_that_was_not_used_for_a_minute()
    {
        WeakReference idle = RentAndReturn();
        BufferPool.TrimIdle(Environment.TickCount64 + (BufferPool.MaxIdle / 2));
        GC.Collect();
        Assert.That(idle.IsAlive);
        BufferPool.TrimIdle(Environment.TickCount64 + (2 * BufferPool.MaxIdle));
        GC.Collect();
        Assert.That(idle.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RentAndReturn()
    {
        byte[] array = BufferPool.Rent(Mebibyte);
        BufferPool.Return(array);
        return new WeakReference(array);
    }
}
