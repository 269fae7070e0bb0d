using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LazyCompletionTests
{
    private LazyCompletion _completion;

    [Test]
    public void Completes_who_asked_before_and_who_asks_later([Values] bool asksBefore)
    {
        Task? task = asksBefore ? _completion.Task : null;
        Assert.That(_completion.IsCompleted, Is.False);
        Assert.That(task?.IsCompleted, Is.Not.True);
        _completion.Complete();
        task ??= _completion.Task;
        Assert.That((task.IsCompletedSuccessfully, _completion.IsCompleted), Is.EqualTo((true, true)));
        Assert.That(_completion.Task, Is.SameAs(task));
    }

    [Test]
    public void Fails_who_asked_before_and_who_asks_later([Values] bool asksBefore)
    {
        Task? task = asksBefore ? _completion.Task : null;
        _completion.Complete(new InvalidDataException());
        task ??= _completion.Task;
        Assert.That(task.Exception?.InnerException, Is.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Only_the_first_time_counts([Values] bool asksBefore)
    {
        Task? task = asksBefore ? _completion.Task : null;
        _completion.Complete();
        _completion.Complete(new InvalidDataException());
        Assert.That((task ?? _completion.Task).IsCompletedSuccessfully);
    }

    [Test]
    public void Costs_nothing_until_somebody_asks()
    {
        LazyCompletion warm = default;
        warm.Complete();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _completion.Complete();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
