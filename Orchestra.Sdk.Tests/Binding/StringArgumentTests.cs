using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

public class StringArgumentTests
{
    [TestCase("12", ExpectedResult = "expected a string, got the number 12")]
    [TestCase("true", ExpectedResult = "expected a string, got true")]
    [TestCase("false", ExpectedResult = "expected a string, got false")]
    [TestCase("null", ExpectedResult = "expected a string, got null")]
    [TestCase("[]", ExpectedResult = "expected a string, got an array")]
    [TestCase("{}", ExpectedResult = "expected a string, got an object")]
    public string? Refuses_what_is_no_string(string json) => Call.Fault(json, a => a.ReadString(), strict: true);

    [TestCase("12", ExpectedResult = "12")]
    [TestCase("-0", ExpectedResult = "0")]
    [TestCase("1.50", ExpectedResult = "1.5")]
    [TestCase("0.00001", ExpectedResult = "0.00001")]
    [TestCase("1e-30", ExpectedResult = "1E-30")]
    [TestCase("9007199254740991", ExpectedResult = "9007199254740991")]
    [TestCase("true", ExpectedResult = "true")]
    [TestCase("false", ExpectedResult = "false")]
    public string Reads_numbers_and_booleans_as_they_are_written(string json) => Call.Read(json, a => a.ReadString());

    [TestCase("9007199254740993", ExpectedResult = "expected a string, got the number 9007199254740992")]
    [TestCase("-1e20", ExpectedResult = "expected a string, got the number -1E+20")]
    [TestCase("null", ExpectedResult = "expected a string, got null")]
    [TestCase("[]", ExpectedResult = "expected a string, got an array")]
    [TestCase("{}", ExpectedResult = "expected a string, got an object")]
    public string? Refuses_what_may_have_been_another_text(string json) => Call.Fault(json, a => a.ReadString());

    [Test]
    public void Checks_the_text_that_a_number_was_taken_for() => Assert.That(
        Call.Fault("123", a => a.ReadString(minLength: 4)), Is.EqualTo("expected at least 4 characters, got 3"));

    [TestCase("", 1, 80, ExpectedResult = "expected 1 to 80 characters, got 0")]
    [TestCase("a", 2, int.MaxValue, ExpectedResult = "expected at least 2 characters, got 1")]
    [TestCase("", 1, int.MaxValue, ExpectedResult = "expected at least 1 character, got 0")]
    [TestCase("abcd", 0, 3, ExpectedResult = "expected at most 3 characters, got 4")]
    [TestCase("ab", 1, 1, ExpectedResult = "expected exactly 1 character, got 2")]
    [TestCase("abc", 3, 3, ExpectedResult = null)]
    public string? Checks_the_length(string text, int minimum, int maximum) =>
        Call.Fault($"\"{text}\"", a => a.ReadString(minimum, maximum));

    [TestCase("😀😀", 2, 2, ExpectedResult = null)]
    [TestCase("😀😀", 3, 4, ExpectedResult = "expected 3 to 4 characters, got 2")]
    [TestCase("a😀", 0, 2, ExpectedResult = null)]
    public string? Counts_code_points(string text, int minimum, int maximum) =>
        Call.Fault($"\"{text}\"", a => a.ReadString(minimum, maximum));

    [TestCase("ab", "a|ab", ExpectedResult = null)]
    [TestCase("", "[a-z]+", ExpectedResult = "expected a string that matches [a-z]+ as a whole, got \"\"")]
    [TestCase("xabx", "[ab]+", ExpectedResult = "expected a string that matches [ab]+ as a whole, got \"xabx\"")]
    [TestCase("ab\\n", "[ab]+", ExpectedResult = "expected a string that matches [ab]+ as a whole, got \"ab\\n\"")]
    public string? Checks_the_pattern_against_all_of_the_string(string text, string pattern) =>
        Call.Fault($"\"{text}\"", a => a.ReadString(pattern: pattern));

    [Test]
    public void Reads_a_string_that_matches() =>
        Assert.That(Call.Read("\"ab\"", a => a.ReadString(pattern: "[ab]+")), Is.EqualTo("ab"));

    [Test]
    public void Tells_of_a_wrong_length_only_that() => Assert.That(
        Call.Fault("\"ab\"", a => a.ReadString(minLength: 3, pattern: "[0-9]+")),
        Is.EqualTo("expected at least 3 characters, got 2"));

    [TestCase("a@b", ExpectedResult = true)]
    [TestCase("@b", ExpectedResult = false)]
    [TestCase("a@", ExpectedResult = false)]
    [TestCase("a@b@c", ExpectedResult = false)]
    [TestCase("ab", ExpectedResult = false)]
    [TestCase("a@b\n", ExpectedResult = false)]
    public bool Tells_email_addresses(string text) => TextForm.EmailAddress.IsFormOf(text);

    [TestCase("http://a", ExpectedResult = true)]
    [TestCase("HTTPS://a", ExpectedResult = true)]
    [TestCase("ftp://a", ExpectedResult = true)]
    [TestCase("mailto:a", ExpectedResult = false)]
    [TestCase(" http://a", ExpectedResult = false)]
    public bool Tells_urls(string text) => TextForm.Url.IsFormOf(text);

    [TestCase("YQ==", ExpectedResult = true)]
    [TestCase("YQ", ExpectedResult = false)]
    [TestCase("Y Q==", ExpectedResult = false)]
    [TestCase("YQ==\t", ExpectedResult = false)]
    [TestCase("YQ==\r", ExpectedResult = false)]
    [TestCase("YQ==\n", ExpectedResult = false)]
    public bool Tells_base64(string text) => TextForm.Base64.IsFormOf(text);

    [TestCase(TextForm.EmailAddress, ExpectedResult = """expected an email address such as "ada@example.com", got "x!" """)]
    [TestCase(TextForm.Url, ExpectedResult = """expected a URL such as "https://example.com/a", got "x!" """)]
    [TestCase(TextForm.Base64, ExpectedResult = """expected base64, got "x!" """)]
    public string Refuses_a_string_of_another_form(TextForm form) => Call.Fault("\"x!\"", a => a.ReadString(form: form)) + " ";

    [Test]
    public void Gives_up_on_a_string_made_to_keep_a_pattern_busy() => Assert.That(
        Call.Fault($"\"{new string('a', 5000)}!\"", a => a.ReadString(pattern: "(a|aa)*(b|a)*c")),
        Does.StartWith("took too long to check against (a|aa)*(b|a)*c").And.EndWith("send a simpler string"));

    [Test]
    public void Checks_no_more_patterns_when_the_time_of_the_call_is_up()
    {
        string slow = $"\"{new string('a', 5000)}!\"";
        string json = $"[{string.Join(',', Enumerable.Repeat(slow, 50))}, \"c\"]";

        string? fault = Call.Fault(json, a => a.ReadArray(i => i.ReadString(pattern: "(a|aa)*(b|a)*c")));

        Assert.That(fault, Does.EndWith("… and 31 more"), "the last string is right, but there is no time left for it");
    }

    [TestCase("red", ExpectedResult = null)]
    [TestCase("rde", ExpectedResult = """expected one of "red", "green", got "rde", did you mean "red"?""")]
    [TestCase("Red", ExpectedResult = """expected one of "red", "green", got "Red", did you mean "red"?""")]
    public string? Takes_only_allowed_strings(string text) =>
        Call.Fault($"\"{text}\"", a => a.ReadString(allowed: ["red", "green"]));

    [TestCase("red", ExpectedResult = """expected any string except "red", "green", got "red" """)]
    [TestCase("blue", ExpectedResult = null)]
    public string? Refuses_denied_strings(string text) =>
        Call.Fault($"\"{text}\"", a => a.ReadString(denied: ["red", "green"])) is { } fault ? fault + " " : null;

    [TestCase(40, "\"")]
    [TestCase(41, "…\"")]
    public void Shows_forty_units_of_a_value(int length, string end) => Assert.That(
        Call.Fault($"\"{new string('a', length)}\"", a => a.ReadBoolean()),
        Is.EqualTo($"expected true or false, got the string \"{new string('a', 40)}{end}"));

    [Test]
    public void Escapes_halves_of_characters() => Assert.That(
        Call.Fault(Value.ForString("\ud800a\udc00b\ud800"), a => a.ReadBoolean()),
        Is.EqualTo("""expected true or false, got the string "\ud800a\udc00b\ud800" """.TrimEnd()));

    [TestCase(0x2029, true)]
    [TestCase(0x202A, true)]
    [TestCase(0x202F, false)]
    [TestCase(0x2065, false)]
    [TestCase(0x2066, true)]
    [TestCase(0x2069, true)]
    [TestCase(0x206A, false)]
    public void Escapes_marks_that_turn_the_writing_direction(int mark, bool isEscaped) => Assert.That(
        Call.Fault(Value.ForString($"{(char)mark}"), a => a.ReadBoolean()),
        Is.EqualTo($"expected true or false, got the string \"{(isEscaped ? $"\\u{mark:x4}" : (char)mark)}\""));

    [Test]
    public void Cuts_long_values_between_characters()
    {
        string text = new string('a', 39) + "😀" + new string('b', 1000);

        Assert.That(Call.Fault($"\"{text}\"", a => a.ReadBoolean()), Is.EqualTo(
            $"expected true or false, got the string \"{new string('a', 39)}…\""));
    }

    [Test]
    public void Escapes_what_could_garble_the_text() => Assert.That(
        Call.Fault("\"\\u0000\\u001b[31m\\r\\n\\t\\\"\\\\\\u2028\\u202e😀\"", a => a.ReadBoolean()),
        Is.EqualTo("""expected true or false, got the string "\u0000\u001b[31m\r\n\t\"\\\u2028\u202e😀" """.TrimEnd()));

    [Test]
    public void Reads_a_character() => Assert.That(Call.Read("\"é\"", a => a.ReadChar()), Is.EqualTo('é'));

    [Test]
    public void Reads_a_digit_as_a_character() => Assert.That(Call.Read("7", a => a.ReadChar()), Is.EqualTo('7'));

    [TestCase("\"\"", ExpectedResult = "expected exactly 1 character, got 0")]
    [TestCase("\"ab\"", ExpectedResult = "expected exactly 1 character, got 2")]
    [TestCase("\"😀\"", ExpectedResult = "expected a character of one UTF-16 unit, got \"😀\", which has two")]
    [TestCase("17", ExpectedResult = "expected exactly 1 character, got 2")]
    [TestCase("[]", ExpectedResult = "expected a single character, got an array")]
    public string? Refuses_what_is_no_single_unit(string json) => Call.Fault(json, a => a.ReadChar());

    [TestCase("true", ExpectedResult = true)]
    [TestCase("false", ExpectedResult = false)]
    [TestCase("\"True\"", ExpectedResult = true)]
    public bool Reads_booleans(string json) => Call.Read(json, a => a.ReadBoolean());

    [TestCase("1", false, ExpectedResult = "expected true or false, got the number 1")]
    [TestCase("\"yes\"", false, ExpectedResult = "expected true or false, got the string \"yes\"")]
    [TestCase("\"true\"", true, ExpectedResult = "expected true or false, got the string \"true\"")]
    public string? Refuses_what_is_no_boolean(string json, bool strict) => Call.Fault(json, a => a.ReadBoolean(), strict);

    [TestCase("\"FSharp\"", ExpectedResult = 1)]
    [TestCase("\"fsharp\"", ExpectedResult = 1)]
    [TestCase("\"FSHARP\"", ExpectedResult = 2)]
    public int Reads_a_name_in_any_case_and_prefers_the_exact_one(string json) =>
        Call.Read(json, a => a.ReadName("CSharp", "FSharp", "FSHARP"), strict: true);

    [TestCase("\"cobol\"", ExpectedResult = """expected one of "CSharp", "FSharp", got "cobol" """)]
    [TestCase("\"fshrap\"", ExpectedResult = """expected one of "CSharp", "FSharp", got "fshrap", did you mean "FSharp"? """)]
    [TestCase("1", ExpectedResult = """expected one of "CSharp", "FSharp", got the number 1 """)]
    public string? Refuses_an_unknown_name(string json) => Call.Fault(json, a => a.ReadName("CSharp", "FSharp")) + " ";

    [Test]
    public void Gives_no_index_for_an_unknown_name() =>
        Assert.That(Call.Fault("\"x\"", a => { Assert.That(a.ReadName("A"), Is.EqualTo(-1)); return 0; }), Is.Not.Null);

    [TestCase(20, ExpectedResult = ", 19, 20, got 0")]
    [TestCase(21, ExpectedResult = ", 19, 20 … and 1 more, got 0")]
    public string Lists_only_so_many_numbers(int count)
    {
        int[] numbers = [.. Enumerable.Range(1, count)];
        string fault = Call.Fault("0", a => a.ReadInteger(int.MinValue, int.MaxValue, allowed: numbers))!;
        return fault[fault.IndexOf(", 19", StringComparison.Ordinal)..];
    }

    [Test]
    public void Lists_only_so_many_names()
    {
        string[] names = [.. Enumerable.Range(100, 300).Select(i => $"name{i}")];

        Assert.That(Call.Fault("\"zzz\"", a => a.ReadName(names)), Does.EndWith("\"name119\" … and 280 more, got \"zzz\""));
    }
}
