using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Contracts;

/// <summary>How long the patterns of all the calls of a peer may keep this machine busy.</summary>
internal sealed class PatternAllowanceTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Is_spent_for_the_rest_of_its_window()
    {
        var allowance = new PatternAllowance(_time);
        allowance.Spend(PatternAllowance.Limit / 2);
        Assert.That(allowance.IsSpent, Is.False);
        allowance.Spend(PatternAllowance.Limit / 2);
        Assert.That(allowance.IsSpent, Is.True);
        _time.Advance(PatternAllowance.Window - TimeSpan.FromTicks(1));
        Assert.That(allowance.IsSpent, Is.True);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(allowance.IsSpent, Is.False);
    }

    [Test]
    public void Lets_simple_texts_pass_and_slow_ones_fail_fast_once_it_is_spent()
    {
        var allowance = new PatternAllowance(_time);
        allowance.Spend(PatternAllowance.Limit);
        var slow = new CountingPattern(_time);
        var call = new PatternBudget();

        Assert.That(call.IsMatch(new CountingPattern(), "text", allowance), Is.True);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(call.IsMatch(slow, "text", allowance), Is.Null);
        }

        Assert.That((slow.Hurried, slow.Unhurried), Is.EqualTo((1, 0)), "the first one has taken all that a call has then");
        Assert.That(new PatternBudget().IsMatch(new CountingPattern(), "text", allowance), Is.True, "another call");
    }

    [Test]
    public void Is_charged_with_what_calls_take()
    {
        var allowance = new PatternAllowance(_time);
        var slow = new CountingPattern(_time);
        int calls = 0;
        for (; !allowance.IsSpent; calls++)
        {
            new PatternBudget().IsMatch(slow, "text", allowance);
        }

        Assert.That(slow.Unhurried, Is.EqualTo(calls).And.AtMost(PatternAllowance.Limit / CountingPattern.Time));
    }

    /// <summary>A pattern that takes time where it is given a clock.</summary>
    private sealed class CountingPattern(ManualTimeProvider? time = null) : TextPattern
    {
        public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(20);

        public int Hurried { get; private set; }

        public int Unhurried { get; private set; }

        internal override bool? IsMatch(string text, bool isHurried)
        {
            _ = isHurried ? Hurried++ : Unhurried++;
            time?.Advance(Time);
            return time is null ? true : null;
        }
    }
}
