using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DeferredCallsTests
{
    private readonly Lock _gate = new();
    private readonly List<Exception> _faults = [];
    private readonly List<string> _made = [];
    private readonly DeferredCalls _calls;

    public DeferredCallsTests() => _calls = new DeferredCalls(_gate, _faults.Add);

    [Test]
    public void Are_made_when_the_lock_is_released_and_in_their_order()
    {
        _gate.Enter();
        _calls.Add(() => Note("first"));
        _calls.Add(() => Note("second"));
        Assert.That(_made, Is.Empty);
        _calls.ReleaseLock();
        Assert.That(_made, Is.EqualTo(new[] { "first", "second" }));
        Assert.That(_gate.IsHeldByCurrentThread, Is.False);
    }

    [Test]
    public void Release_the_lock_where_there_is_none()
    {
        _gate.Enter();
        _calls.ReleaseLock();
        Assert.That(_gate.IsHeldByCurrentThread, Is.False);
    }

    [Test]
    public void Whoever_comes_back_adds_to_the_end()
    {
        _gate.Enter();
        _calls.Add(() =>
        {
            Note("first");
            _gate.Enter();
            _calls.Add(() => Note("third"));
            _calls.ReleaseLock();
        });
        _calls.Add(() => Note("second"));
        _calls.ReleaseLock();
        Assert.That(_made, Is.EqualTo(new[] { "first", "second", "third" }));
    }

    [Test]
    public void One_that_throws_does_not_keep_the_others()
    {
        _gate.Enter();
        _calls.Add(static () => throw new InvalidDataException());
        _calls.Add(() => Note("second"));
        _calls.ReleaseLock();
        Assert.That(_made, Is.EqualTo(new[] { "second" }));
        Assert.That(_faults, Has.Count.EqualTo(1).And.All.TypeOf<InvalidDataException>());

        _gate.Enter();
        _calls.Add(() => Note("later"));
        _calls.ReleaseLock();
        Assert.That(_made, Does.Contain("later"));
    }

    private void Note(string call)
    {
        Assert.That(_gate.IsHeldByCurrentThread, Is.False);
        _made.Add(call);
    }
}
