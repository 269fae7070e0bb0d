namespace Orchestra.Sdk.Tests.House;

internal sealed class FolderArrowsTests
{
    private const string Low = "/low/Low.cs";
    private const string High = "/high/High.cs";

    [TestCase("class High { Low? _low; }")]
    [TestCase("class High { object Make() => new Low(); }")]
    [TestCase("class High { int Of(Middle middle) => middle.Made.Number; }", Description = "only the member is named")]
    [TestCase("class High { int Count(object any) => any.Twice(); }", Description = "an extension method")]
    [TestCase("class High { bool Is(object any) => any is Low { Number: 3 }; }")]
    [TestCase("class High { void Give(Middle middle) => middle.Take(new()); }", Description = "a type that is not named")]
    [TestCase("[Low] class High;")]
    [TestCase("class High<T> where T : Low;")]
    public void Finds_a_use(string code) =>
        Assert.That(Of(code).Select(arrow => $"{arrow.From} {arrow.To}"), Does.Contain("high low"));

    [Test]
    public void Tells_the_folders_the_files_and_the_type() => Assert.That(
        Of("class High : Low;").Select(arrow => arrow.ToString()),
        Is.EqualTo(new[] { "high -> low: High.cs uses Low of Low.cs" }));

    [TestCase("class High { string Low => nameof(High); }", Description = "a name of its own")]
    [TestCase("/* Low */ class High { /// <see cref=\"Low\"/>\n }")]
    public void Finds_no_use_where_there_is_none(string code) => Assert.That(Of(code), Is.Empty);

    private static FolderArrow[] Of(string high) => FolderArrows.Of(
        ProjectCode.Of(
            (Low, """
                public class Low { public int Number; }
                public class LowAttribute : System.Attribute;
                public static class LowExtensions { public static int Twice(this object any) => 2; }
                """),
            ("/middle/Middle.cs", "public class Middle { public Low Made => new(); public void Take(Low low) { } }"),
            (High, high)),
        file => file.Split('/')[1])
        .Where(arrow => arrow.From == "high" && arrow.To != "middle")
        .ToArray();
}
