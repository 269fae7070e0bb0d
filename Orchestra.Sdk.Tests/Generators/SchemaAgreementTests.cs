using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// Every generated schema that says all is a good one (2020-12, ajv in strict mode), and what it takes and refuses the generated code takes and
/// refuses too. The tools are strict, because the tolerant forms are beyond the schema on purpose.
/// </summary>
[Category("Process")]
public sealed class SchemaAgreementTests
{
    private const string Color = "public enum Color { Red, [System.Text.Json.Serialization.JsonStringEnumMemberName(\"dark-green\")] DarkGreen }";

    [TestCase("string x", new[] { "\"\"", "\"a\\nb\"" }, new[] { "1", "null", "true", "[]", "{}" })]
    [TestCase("bool x", new[] { "true", "false" }, new[] { "0", "\"true\"", "null" })]
    [TestCase("char x", new[] { "\"a\"" }, new[] { "\"\"", "\"ab\"", "1" })]
    [TestCase("sbyte x", new[] { "-128", "127", "1.0" }, new[] { "-129", "128", "1.5", "\"1\"" })]
    [TestCase("byte x", new[] { "0", "255" }, new[] { "-1", "256" })]
    [TestCase("short x", new[] { "-32768", "32767" }, new[] { "-32769", "32768" })]
    [TestCase("ushort x", new[] { "0", "65535" }, new[] { "-1", "65536" })]
    [TestCase("int x", new[] { "-2147483648", "2147483647" }, new[] { "-2147483649", "2147483648", "0.5" })]
    [TestCase("uint x", new[] { "0", "4294967295" }, new[] { "-1", "4294967296" })]
    [TestCase("long x", new[] { "0", "-9007199254740991" }, new[] { "0.5", "null" })]
    [TestCase("ulong x", new[] { "0", "9007199254740991" }, new[] { "-1", "0.5" })]
    [TestCase("double x", new[] { "0", "-1.5", "1e300" }, new[] { "\"1\"", "null" })]
    [TestCase("decimal x", new[] { "0", "-1.5" }, new[] { "null", "true" })]
    [TestCase("Color x", new[] { "\"Red\"", "\"dark-green\"" }, new[] { "\"DarkGreen\"", "\"blue\"", "0", "null" })]
    [TestCase("int? x", new[] { "1" }, new[] { "\"1\"", "0.5" })]
    [TestCase("string[] x", new[] { "[]", "[\"a\",\"b\"]" }, new[] { "\"a\"", "[1]", "[null]", "null" })]
    [TestCase("List<Color> x", new[] { "[\"Red\"]" }, new[] { "[\"blue\"]", "{}" })]
    [TestCase("int[][] x", new[] { "[[],[1]]" }, new[] { "[1]", "[[\"a\"]]" })]
    [TestCase("[Length(1, 3)] string x", new[] { "\"a\"", "\"abc\"", "\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"" }, new[] { "\"\"", "\"abcd\"" })]
    [TestCase("[StringLength(2, MinimumLength = 1)] string x", new[] { "\"a\"" }, new[] { "\"\"", "\"abc\"" })]
    [TestCase("[Length(1, 2)] int[] x", new[] { "[1]", "[1,2]" }, new[] { "[]", "[1,2,3]" })]
    [TestCase("[RegularExpression(\"a|bc\")] string x", new[] { "\"a\"", "\"bc\"" }, new[] { "\"\"", "\"ab\"", "\"xa\"", "\"ac\"" })]
    [TestCase("[AllowedValues(\"a\", \"b\")] string x", new[] { "\"a\"" }, new[] { "\"A\"", "\"\"" })]
    [TestCase("[AllowedValues(1, 2)] int x", new[] { "1", "2" }, new[] { "0", "3" })]
    [TestCase("[AllowedValues(0.5)] double x", new[] { "0.5" }, new[] { "0.25" })]
    [TestCase("[Range(1, 10)] int x", new[] { "1", "10" }, new[] { "0", "11" })]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true)] double x", new[] { "0.001", "1" }, new[] { "0", "1.001" })]
    [TestCase("[Range(0, 1, MaximumIsExclusive = true)] float x", new[] { "0", "0.5" }, new[] { "-0.1", "1" })]
    [TestCase("[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal x", new[] { "0.01", "9.99" }, new[] { "0.009", "9.991" })]
    public async Task Schema_and_code_agree(string parameter, string[] valid, string[] invalid)
    {
        await using var ajv = AjvValidator.Start();
        var plugin = CompiledPlugin.Load(
            $"[Plugin(\"test\", SchemaProfile = SchemaProfile.Full)] public partial class TestPlugin {{ [Tool(Strict = true)] public void M({parameter}) {{ }} {Color} }}");

        valid = [.. valid.Select(Argument)];
        invalid = [.. invalid.Select(Argument)];
        Assert.That(await ajv.CheckAsync(plugin.Schema("m"), valid, invalid), Is.Empty);
        foreach (var arguments in valid)
        {
            Assert.That((await plugin.CallAsync("m", arguments))!.ErrorMessage, Is.Empty, arguments);
        }

        foreach (var arguments in invalid)
        {
            Assert.That((await plugin.CallAsync("m", arguments))!.ErrorCode, Is.EqualTo("invalid_arguments"), arguments);
        }
    }

    [Test]
    public async Task The_schemas_of_dates_ids_and_addresses_are_good()
    {
        await using var ajv = AjvValidator.Start();
        var plugin = CompiledPlugin.LoadBody(
            "[Tool] public void M(DateTime a, DateTimeOffset b, DateOnly c, TimeOnly d, TimeSpan e, Guid f, Uri g, Half h = default, params Uri[] i) { }");
        Assert.That(await ajv.CheckAsync(plugin.Schema("m")), Is.Empty);
    }

    private static string Argument(string value) => $$"""{"x":{{value}}}""";
}
