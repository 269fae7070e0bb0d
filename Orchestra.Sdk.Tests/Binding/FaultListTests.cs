using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FaultListTests
{
    private readonly FaultList _faults = new();

    [Test]
    public void Is_empty_at_first()
    {
        Assert.That(_faults.IsEmpty && _faults.HasRoom && !_faults.IsFull);
        Assert.That((_faults.Count, _faults.Total, _faults.ToText("arguments")), Is.EqualTo((0, 0L, "")));
    }

    [Test]
    public void Tells_a_line_a_fault_in_the_order_in_which_they_were_found()
    {
        _faults.Add(".b", "required");
        _faults.Add(".a[0]", "is no number");
        Assert.That(_faults.ToText("arguments"), Is.EqualTo("arguments.b: required\narguments.a[0]: is no number"));
        Assert.That((_faults.IsEmpty, _faults.Count, _faults.Total), Is.EqualTo((false, 2, 2L)));
    }

    [Test]
    public void Tells_twenty_and_counts_the_others()
    {
        Fill(FaultList.Limit);
        Assert.That((_faults.HasRoom, _faults.IsFull), Is.EqualTo((false, false)), "all that were found are told");
        Assert.That(_faults.ToText(""), Does.EndWith(".19: wrong"));

        _faults.Add(".20", "wrong");
        Assert.That(_faults.IsFull);
        _faults.Skip();
        _faults.Skip(1000);
        Assert.That((_faults.Count, _faults.Total), Is.EqualTo((20, 1022L)));
        string[] lines = _faults.ToText("").Split('\n');
        Assert.That(lines, Has.Length.EqualTo(21));
        Assert.That(lines[19..], Is.EqualTo(new[] { ".19: wrong", "… and 1002 more" }));
    }

    [Test]
    public void Counts_more_than_an_int_has()
    {
        Fill(1);
        _faults.Skip(int.MaxValue);
        _faults.Skip(int.MaxValue);
        Assert.That(_faults.Total, Is.EqualTo(1 + (2L * int.MaxValue)));
    }

    [Test]
    public void Puts_a_step_in_front_of_what_was_found_within_it()
    {
        _faults.Add(".a", "wrong");
        long first = _faults.Total;
        _faults.Add("[0]", "wrong");
        _faults.Add("[1]", "wrong");
        _faults.Prefix(first, ".b");
        _faults.Add(".c", "wrong");
        _faults.Prefix(first, ".x");
        Assert.That(_faults.ToText(""), Is.EqualTo(".a: wrong\n.x.b[0]: wrong\n.x.b[1]: wrong\n.x.c: wrong"));
    }

    [Test]
    public void Puts_a_step_in_front_of_nothing_where_nothing_was_found_within_it([Values(0, 3, 25)] int before)
    {
        Fill(before);
        string text = _faults.ToText("");
        _faults.Prefix(_faults.Total, ".b");
        Assert.That(_faults.ToText(""), Is.EqualTo(text));
    }

    [Test]
    public void Puts_a_step_in_front_of_those_that_are_told_where_others_are_not()
    {
        Fill(19);
        long first = _faults.Total;
        _faults.Add("[0]", "wrong");
        _faults.Add("[1]", "wrong");
        _faults.Prefix(first, ".b");
        Assert.That(_faults.ToText("").Split('\n')[18..], Is.EqualTo(new[] { ".18: wrong", ".b[0]: wrong", "… and 1 more" }));
    }

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _faults.Add($".{i}", "wrong");
        }
    }
}
