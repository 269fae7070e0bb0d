namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Annotations that do not apply, allow nothing, or are not ECMA-262.</summary>
public sealed class ConstraintDiagnosticsTests
{
    [TestCase("Denies_nothing", "ORC014: [DeniedValues] on 'x': it denies no value", "[[|DeniedValues|]] string x")]
    [TestCase("Email_of_a_number", "ORC013: [EmailAddress] on 'x' does not apply to the type 'int'", "[[|EmailAddress|]] int x")]
    [TestCase("Range_of_string", "ORC013: [Range] on 'x' does not apply to the type 'string'", "[[|Range(1, 2)|]] string x")]
    [TestCase("Range_of_list", "ORC013: [Range] on 'x' does not apply to the type 'int[]'", "[[|Range(1, 2)|]] int[] x")]
    [TestCase("Length_of_int", "ORC013: [Length] on 'x' does not apply to the type 'int'", "[[|Length(1, 2)|]] int x")]
    [TestCase("StringLength_of_list", "ORC013: [StringLength] on 'x' does not apply to the type 'string[]'", "[[|StringLength(2)|]] string[] x")]
    [TestCase("Pattern_of_int", "ORC013: [RegularExpression] on 'x' does not apply to the type 'int'", "[[|RegularExpression(\"a\")|]] int x")]
    [TestCase("AllowedValues_of_bool", "ORC013: [AllowedValues] on 'x' does not apply to the type 'bool'", "[[|AllowedValues(true)|]] bool x")]
    [TestCase("Empty_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(2, 1)|]] int x")]
    [TestCase("Empty_exclusive_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(1, 1, MinimumIsExclusive = true)|]] double x")]
    [TestCase("No_integer_in_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(0.2, 0.8)|]] int x")]
    [TestCase("Range_above_the_type", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(300, 400)|]] byte x")]
    [TestCase("Range_of_words", "ORC014: [Range] on 'x': its bounds are no numbers", "[[|Range(typeof(int), \"a\", \"b\")|]] int x")]
    [TestCase("Pattern_of_NET", "ORC032: The pattern of 'x' is told in the description and checked before the method runs, but is not in the schema: ECMA-262 cannot say a condition, (?(…)…)", "[[|RegularExpression(\"(a)?(?(1)b|c)\")|]] string x")]
    [TestCase("Empty_pattern", "ORC014: [RegularExpression] on 'x': the pattern is empty", "[[|RegularExpression(\"\")|]] string x")]
    [TestCase("No_pattern", "ORC014: [RegularExpression] on 'x': the pattern is empty", "[[|RegularExpression(null!)|]] string x")]
    [TestCase("Negative_length", "ORC014: [MinLength] on 'x': no length is in this range", "[[|MinLength(-1)|]] string x")]
    [TestCase("Length_reversed", "ORC014: [Length] on 'x': no length is in this range", "[[|Length(3, 2)|]] string x")]
    [TestCase("No_allowed_value", "ORC014: [AllowedValues] on 'x': it allows no value", "[[|AllowedValues|]] string x")]
    [TestCase("Wrong_allowed_value", "ORC014: [AllowedValues] on 'x': 'a' is no value of the type", "[[|AllowedValues(1, \"a\")|]] int x")]
    [TestCase("Allowed_text_of_a_number", "ORC014: [AllowedValues] on 'x': '5' is no value of the type", "[[|AllowedValues(\"5\")|]] int x")]
    [TestCase("Allowed_number_of_a_text", "ORC014: [AllowedValues] on 'x': '5' is no value of the type", "[[|AllowedValues(5)|]] string x")]
    [TestCase("Allowed_infinity", "ORC014: [AllowedValues] on 'x': 'Infinity' is no value of the type", "[[|AllowedValues(double.PositiveInfinity)|]] double x")]
    [TestCase("Only_null_allowed", "ORC014: [AllowedValues] on 'x': it allows no value", "[[|AllowedValues(null)|]] string? x")]
    [TestCase("Length_without_end", "ORC014: [Length] on 'x': no length is in this range", "[[|Length(0, -1)|]] string x")]
    [TestCase("Lengths_that_exclude_each_other", "ORC014: [MaxLength] on 'x': no length is in this range", "[MinLength(3), [|MaxLength(2)|]] string x")]
    public Task Of_parameters(string name, string expected, string parameters) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, $$"""[Tool(Description = "d")] public unsafe void M({{parameters}}) => throw new Exception();""");

    [Test]
    public Task Of_a_constraint_on_a_member_once() => DiagnosticVerifier.VerifyAsync(
        "Member",
        "ORC014: [Range] on 'A': no value of the type is in this range",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(R x, R y) { } }
        [Plugin("q")] public partial class Q { [Tool(Description = "d")] public void M(R x) { } }
        public record R([property: [|Range(2, 1)|]] int A);
        """);

    [Test]
    public async Task Of_an_invalid_pattern()
    {
        var markup = GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M([[|RegularExpression("(")|]] string x) { }""");
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(DiagnosticVerifier.Unmark(markup, out _))).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC014"));
        Assert.That(diagnostic.GetMessage(null), Does.StartWith("[RegularExpression] on 'x': Invalid pattern '('"));
    }

    [Test]
    public async Task Of_a_pattern_whose_comment_would_swallow_what_is_put_around_it()
    {
        var source = GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M([RegularExpression("(?x)a # b")] string x) { }""");
        Assert.That((await GeneratorHarness.AnalyzeAsync(source)).Single().Id, Is.EqualTo("ORC014"));
    }
}
