using CsCheck;
using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

public class NameDistanceTests
{
    [TestCase("", "abc", ExpectedResult = 3)]
    [TestCase("name", "name", ExpectedResult = 0)]
    [TestCase("nam", "name", ExpectedResult = 1)]
    [TestCase("anme", "name", ExpectedResult = 1)]
    [TestCase("kitten", "SITTING", ExpectedResult = 3)]
    [TestCase("ca", "abc", ExpectedResult = 3)]
    public int Measures_the_distance(string left, string right) => NameDistance.Measure(left, right);

    [Test]
    public void Is_the_same_both_ways() => Gen.Select(Gen.String[Gen.Char["abc"], 0, 64], Gen.String[Gen.Char["abc"], 0, 64])
        .Sample((left, right) => NameDistance.Measure(left, right) == NameDistance.Measure(right, left));

    [TestCase("nam", ExpectedResult = "name")]
    [TestCase("projectId", ExpectedResult = "project_id")]
    [TestCase("descripton", ExpectedResult = "description")]
    [TestCase("NAME", ExpectedResult = "name")]
    [TestCase("ID", ExpectedResult = "id")]
    [TestCase("idx", ExpectedResult = "id")]
    [TestCase("x", ExpectedResult = null)]
    [TestCase("to", ExpectedResult = null)]
    [TestCase("author", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public string? Finds_what_was_meant(string given) =>
        NameDistance.FindNearest(given, ["id", "name", "project", "project_id", "description"]);

    [TestCase("projects", "project", ExpectedResult = "project")]
    [TestCase("project", "projects", ExpectedResult = "project")]
    public string? Prefers_the_nearest_name(string first, string second) => NameDistance.FindNearest("progect", [first, second]);

    [TestCase("abcdefghijklmnop123", ExpectedResult = "abcdefghijklmnopqrs")]
    [TestCase("abcdefghijklmno1234", ExpectedResult = null)]
    public string? Takes_at_most_three_slips(string given) => NameDistance.FindNearest(given, ["abcdefghijklmnopqrs"]);

    [Test]
    public void Measures_names_of_up_to_64_letters()
    {
        string longest = new('a', 64);

        Assert.That(NameDistance.FindNearest(longest[1..] + 'b', [longest]), Is.EqualTo(longest));
    }

    [Test]
    public void Does_not_measure_what_is_longer_than_any_name()
    {
        string longName = new('a', 65);

        Assert.That(NameDistance.FindNearest(longName, [longName]), Is.Null);
    }
}
