using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Dispatch;

internal sealed class QuotedNameTests
{
    [TestCase("greet", "\"greet\"")]
    [TestCase("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [TestCase("a\tb\n\u001b\u202e", "\"a\\u0009b\\u000a\\u001b\\u202e\"")]
    [TestCase("é😀", "\"é😀\"")]
    public void Is_harmless(string name, string quoted) => Assert.That(QuotedName.Of(name), Is.EqualTo(quoted));

    [TestCase("019b-id", "019b-id")]
    [TestCase("a\nb\"", "a\\u000ab\"")]
    public void Is_harmless_without_quotation_marks(string id, string shown) => Assert.That(QuotedName.Bare(id), Is.EqualTo(shown));

    [Test]
    public void Has_no_half_of_a_character() => Assert.That(QuotedName.Of("\ud83d" + "x"), Is.EqualTo("\"\\ud83dx\""));

    [Test]
    public void Is_cut_between_characters()
    {
        string name = new string('x', 199) + "😀" + new string('y', 100);

        Assert.That(QuotedName.Of(name), Is.EqualTo($"\"{new string('x', 199)}…\""));
        Assert.That(QuotedName.Bare(name), Is.EqualTo($"{new string('x', 199)}…"));
    }

    [Test]
    public void Costs_no_more_than_what_is_shown()
    {
        string name = new('x', 8_000_000);
        _ = QuotedName.Of(name) + QuotedName.Bare(name);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = QuotedName.Of(name);
        _ = QuotedName.Bare(name);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
    }
}
