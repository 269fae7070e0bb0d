using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>What examples/Host shows of a plugin's words.</summary>
internal sealed class TerminalTextTests
{
    private static string Everything { get; } =
        string.Concat(Enumerable.Range(0, 65536).Where(Rune.IsValid).Select(static code => (char)code)) + "\U000e0041";

    [Test]
    public void Is_free_of_what_a_terminal_acts_on() => Assert.That(Harmful(TerminalText.Clean(Everything + "\ud800")), Is.Empty);

    [Test]
    public void Is_free_of_it_as_json_too()
    {
        var value = new Struct { Fields = { ["name"] = Value.ForString(Everything) } };
        string text = JsonText.Format(value);

        Assert.That(Harmful(text), Is.Empty);
        Assert.That(JsonText.ParseObject(text), Is.EqualTo(value), "nothing is lost by it");
    }

    private static IEnumerable<Rune> Harmful(string text) => text.EnumerateRunes().Distinct().Where(static rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
