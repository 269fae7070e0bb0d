namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Defaults that are refused when a caller sends them.</summary>
public sealed class DefaultDiagnosticsTests
{
    [TestCase("Default_below", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 1", "[Range(1, 10)] int [|x|] = 0")]
    [TestCase("Default_too_long", "ORC015: The default value of 'x' is refused when a caller sends it: it is longer than 2", "[MaxLength(2)] string [|x|] = \"abc\"")]
    [TestCase("Default_not_allowed", "ORC015: The default value of 'x' is refused when a caller sends it: it is not among the allowed values", "[AllowedValues(\"a\")] string [|x|] = \"b\"")]
    [TestCase("Default_above", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 10", "[Range(1, 10)] int [|x|] = 11")]
    [TestCase("Default_at_an_exclusive_minimum", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0", "[Range(0, 1, MinimumIsExclusive = true)] double [|x|] = 0")]
    [TestCase("Default_at_an_exclusive_maximum", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 1", "[Range(0, 1, MaximumIsExclusive = true)] double [|x|] = 1")]
    [TestCase("Default_below_a_decimal", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0.1", "[Range(typeof(decimal), \"0.10\", \"1.50\")] decimal [|x|] = 0")]
    [TestCase("Default_too_short", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 2", "[MinLength(2)] string [|x|] = \"a\"")]
    [TestCase("Default_denied", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(\"a\", \"b\")] string [|x|] = \"b\"")]
    [TestCase("Default_number_not_allowed", "ORC015: The default value of 'x' is refused when a caller sends it: it is not among the allowed values", "[AllowedValues(1, 2)] int [|x|] = 3")]
    [TestCase("Default_number_denied", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(1, 2)] int [|x|] = 2")]
    [TestCase("Default_blank", "ORC015: The default value of 'x' is refused when a caller sends it: it is blank", "[Required] string [|x|] = \" \"")]
    [TestCase("Default_too_short_by_StringLength", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 2", "[StringLength(9, MinimumLength = 2)] string [|x|] = \"a\"")]
    [TestCase("Default_too_long_by_Length", "ORC015: The default value of 'x' is refused when a caller sends it: it is longer than 2", "[Length(1, 2)] string? [|x|] = \"abc\"")]
    [TestCase("Default_that_does_not_match", "ORC015: The default value of 'x' is refused when a caller sends it: it does not match a+ as a whole", "[RegularExpression(\"a+\")] string [|x|] = \"ab\"")]
    [TestCase("Default_that_is_no_address", "ORC015: The default value of 'x' is refused when a caller sends it: it is no email address", "[EmailAddress] string [|x|] = \"ada\"")]
    [TestCase("Default_that_is_no_URL", "ORC015: The default value of 'x' is refused when a caller sends it: it is no URL with http://, https:// or ftp://", "[Url] string [|x|] = \"example.com\"")]
    [TestCase("Default_that_is_no_base64", "ORC015: The default value of 'x' is refused when a caller sends it: it is no base64", "[Base64String] string [|x|] = \"a\"")]
    [TestCase("Default_above_by_one_beyond_doubles", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 9007199254740992", "[Range(typeof(long), \"0\", \"9007199254740992\")] long [|x|] = 9007199254740993")]
    [TestCase("Default_below_by_one_beyond_doubles", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 18446744073709551615", "[Range(typeof(ulong), \"18446744073709551615\", \"18446744073709551615\")] ulong [|x|] = 18446744073709551614")]
    [TestCase("Default_denied_among_neighbors", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(9007199254740993L)] long? [|x|] = 9007199254740993")]
    [TestCase("Default_below_in_the_last_digit", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0.1000000000000000001", "[Range(typeof(decimal), \"0.1000000000000000001\", \"1\")] decimal [|x|] = 0.1m")]
    [TestCase("Default_without_a_name", "ORC015: The default value of 'x' is refused when a caller sends it: it is no member of the enum", "DayOfWeek [|x|] = (DayOfWeek)7")]
    [TestCase("Default_of_a_nullable_without_a_name", "ORC015: The default value of 'x' is refused when a caller sends it: it is no member of the enum", "DayOfWeek? [|x|] = (DayOfWeek)(-1)")]
    [TestCase("Default_with_a_nameless_bit", "ORC015: The default value of 'x' is refused when a caller sends it: it has bits that no member of the enum names", "System.IO.FileShare [|x|] = (System.IO.FileShare)9")]
    [TestCase("No_items", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 1", "[MinLength(1)] params string[] [|x|]")]
    public Task Of_parameters(string name, string expected, string parameters) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, $$"""[Tool(Description = "d")] public unsafe void M({{parameters}}) => throw new Exception();""");

    [TestCase("[Range(1, 9)] public int [|X|] { get; set; } = 10;", "it is above 9")]
    [TestCase("[MinLength(2)] public string [|X|] { get; set; } = \"d\";", "it is shorter than 2")]
    [TestCase("[MinLength(2)] public string [|X|] = \"d\";", "it is shorter than 2")]
    [TestCase("[MinLength(2)] public string [|X|] { get; init; } = string.Empty;", "it is shorter than 2")]
    [TestCase("[MaxLength(2)] public string [|X|] { get; set; } = Long; public const string Long = \"abc\";", "it is longer than 2")]
    [TestCase("[AllowedValues(\"a\")] public string [|X|] { get; set; } = \"b\";", "it is not among the allowed values")]
    [TestCase("[DeniedValues(1)] public int [|X|] { get; set; } = 1;", "it is among the denied values")]
    [TestCase("[RegularExpression(\"a+\")] public string [|X|] { get; set; } = \"b\";", "it does not match a+ as a whole")]
    [TestCase("[EmailAddress] public string [|X|] { get; set; } = \"b\";", "it is no email address")]
    [TestCase("public DayOfWeek [|X|] { get; set; } = (DayOfWeek)7;", "it is no member of the enum")]
    [TestCase("[MinLength(1)] public List<string> [|X|] { get; set; } = [];", "it is shorter than 1")]
    [TestCase("[MinLength(1)] public List<string> [|X|] { get; set; } = new();", "it is shorter than 1")]
    [TestCase("[MinLength(1)] public Dictionary<string, int> [|X|] { get; set; } = new Dictionary<string, int>();", "it is shorter than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = [1, 2];", "it is longer than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = new[] { 1, 2 };", "it is longer than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = new int[] { 1, 2 };", "it is longer than 1")]
    [TestCase("[Range(1, 9)] public int [|X|] { get; set; }", "it is below 1")]
    [TestCase("[Range(0.5, 9)] public double [|X|] { get; init; }", "it is below 0.5")]
    [TestCase("[Range(1, 9)] public long [|X|];", "it is below 1")]
    [TestCase("[DeniedValues(0)] public byte [|X|] { get; set; }", "it is among the denied values")]
    [TestCase("public E [|X|] { get; set; } public enum E { A = 1 }", "it is no member of the enum")]
    public Task Of_members_whose_initializer_their_annotations_refuse(string member, string excess) => DiagnosticVerifier.VerifyAsync(
        "Initializer",
        $"ORC015: The default value of 'R.X' is refused when a caller sends it: {excess}",
        GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + $" public class R {{ {member} }}");

    [Test]
    public Task Of_members_of_records_that_begin_with_what_their_annotations_refuse() => DiagnosticVerifier.VerifyAsync(
        "Record_member",
        "ORC015: The default value of 'S.X' is refused when a caller sends it: it is below 1",
        GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M(S s) { }""")
            + " public record R(string A) { [Range(1, 9)] public int [|X|] { get; set; } } public record S(string A) : R(A);");

    [Test]
    public async Task Of_no_member_that_a_derived_constructor_sets() => Assert.That(
        await GeneratorHarness.AnalyzeAsync(
            GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M(S s) { }""")
                + " public class R { [Range(1, 9)] public int X { get; set; } } public class S : R { public S() => X = 1; }"),
        Is.Empty);

    [Test]
    public Task Of_parameters_of_records_whose_default_their_annotations_refuse() => DiagnosticVerifier.VerifyAsync(
        "Record",
        "ORC015: The default value of 'R.X' is refused when a caller sends it: it is shorter than 2",
        GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + " public record R([MinLength(2)] string [|X|] = \"d\");");

    [TestCase("[MinLength(2)] public required string X { get; set; } = \"d\";")]
    [TestCase("[Required] public string X { get; set; } = \"\";")]
    [TestCase("[MinLength(2)] public string X { get; set; } = Environment.NewLine;")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = [.. Environment.GetCommandLineArgs()];")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = new(Environment.GetCommandLineArgs());")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = new() { \"a\" };")]
    [TestCase("[MinLength(1)] public string? X { get; set; } = null;")]
    [TestCase("[Range(0, 9)] public int X { get; set; }")]
    [TestCase("[Range(1, 9)] public int? X { get; set; }")]
    [TestCase("[Range(1, 9)] public required int X { get; set; }")]
    [TestCase("[Range(1, 9)] public int X { get; set; } public R() => X = 1;")]
    [TestCase("[Range(1, 9)] public int X { get => _x ?? 1; set => _x = value; } private int? _x;")]
    [TestCase("public System.IO.FileShare X { get; set; } = System.IO.FileShare.ReadWrite | System.IO.FileShare.Delete;")]
    public async Task Of_no_initializer_that_may_be_sent(string member) => Assert.That(
        await GeneratorHarness.AnalyzeAsync(
            GeneratorHarness.InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + $" public class R {{ {member} }}"),
        Is.Empty);

    [TestCase("[Range(1, 10)] int x = 1")]
    [TestCase("[Range(1, 10)] int x = 10")]
    [TestCase("[Range(0, 0.1)] float x = 0.1f")]
    [TestCase("[AllowedValues(0.1f, 2)] float x = 0.1f")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] double x = 0.5")]
    [TestCase("[AllowedValues(1, 2)] int x = 2")]
    [TestCase("[DeniedValues(1, 2)] int x = 3")]
    [TestCase("[Length(1, 2)] string x = \"a\"")]
    [TestCase("[Length(1, 2)] string x = \"ab\"")]
    [TestCase("[MaxLength(1)] string x = \"\\U0001F600\"")]
    [TestCase("[AllowedValues(\"a\", \"b\")] string x = \"b\"")]
    [TestCase("[DeniedValues(\"a\")] string x = \"b\"")]
    [TestCase("[Required] string x = \"a\"")]
    [TestCase("[Required(AllowEmptyStrings = true)] string x = \" \"")]
    [TestCase("string x = \"\"")]
    public async Task None_of_a_default_that_callers_may_send(string parameter)
    {
        var source = GeneratorHarness.InPlugin($$"""[Tool(Description = "d")] public void M({{parameter}}) { }""");
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }
}
