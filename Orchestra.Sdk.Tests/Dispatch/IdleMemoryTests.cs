using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IdleMemoryTests : IDisposable
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly ByteBudget _bytes = new(limit: 64 * ByteBudget.Large);
    private readonly IdleMemory _memory;
    private int _given;

    public IdleMemoryTests() => _memory = new IdleMemory(_bytes, _time, () => _given++);

    public void Dispose() => _memory.Dispose();

    [Test]
    public void Is_given_back_once_when_there_was_no_large_message_for_a_while()
    {
        Take(ByteBudget.Large);
        _time.Advance(IdleMemory.Delay - Instant);
        Assert.That(_given, Is.Zero);
        _time.Advance(Instant);
        Assert.That(_given, Is.EqualTo(1));
        _time.Advance(10 * IdleMemory.Delay);
        Assert.That(_given, Is.EqualTo(1));

        Take(ByteBudget.Large);
        _time.Advance(IdleMemory.Delay);
        Assert.That(_given, Is.EqualTo(2));
    }

    [Test]
    public void Is_kept_while_further_ones_come()
    {
        for (int i = 0; i < 10; i++)
        {
            Take(ByteBudget.Large);
            _time.Advance(IdleMemory.Delay - Instant);
        }

        Assert.That(_given, Is.Zero);
        _time.Advance(Instant);
        Assert.That(_given, Is.EqualTo(1));
    }

    [Test]
    public void Is_not_looked_at_after_small_messages()
    {
        for (int i = 0; i < 10; i++)
        {
            Take(ByteBudget.Large - 1);
        }

        _time.Advance(10 * IdleMemory.Delay);
        Assert.That(_given, Is.Zero);
    }

    [Test]
    public void Many_at_once_count_as_a_large_one_when_the_last_is_over()
    {
        const long Half = ByteBudget.Large / 2;
        Assert.That(_bytes.TryTake(Half) && _bytes.TryTake(Half));
        _bytes.Release(Half);
        _time.Advance(10 * IdleMemory.Delay);
        Assert.That(_given, Is.Zero);
        _bytes.Release(Half);
        _time.Advance(IdleMemory.Delay);
        Assert.That(_given, Is.EqualTo(1));
    }

    [Test]
    public void Is_not_given_back_after_the_end()
    {
        Take(ByteBudget.Large);
        _memory.Dispose();
        Take(ByteBudget.Large);
        _time.Advance(10 * IdleMemory.Delay);
        Assert.That(_given, Is.Zero);
    }

    private void Take(long count)
    {
        Assert.That(_bytes.TryTake(count));
        _bytes.Release(count);
    }
}
