using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A type that is IParsable and has no other form is a string: taken by its Parse, given by its ToString, whatever the culture.</summary>
public sealed class TextTypesTests
{
    private const string Types = """
        public readonly record struct CustomerId(Guid Value) : IParsable<CustomerId>
        {
            public static CustomerId Parse(string s, IFormatProvider? provider) =>
                s.StartsWith("c-") ? new(Guid.Parse(s[2..], provider)) : throw new FormatException("A customer's id begins with \"c-\".");
            public static bool TryParse(string? s, IFormatProvider? provider, out CustomerId result) => throw new NotSupportedException();
            public override string ToString() => $"c-{Value}";
        }
        public sealed class Amount(decimal value) : IParsable<Amount>, IFormattable
        {
            public static Amount Parse(string s, IFormatProvider? provider) => new(decimal.Parse(s, provider));
            public static bool TryParse(string? s, IFormatProvider? provider, out Amount result) => throw new NotSupportedException();
            public string ToString(string? format, IFormatProvider? provider) => value.ToString(format, provider);
        }
        public record Order(CustomerId Customer, Amount? Amount = null, CustomerId? Other = null, List<CustomerId>? More = null);
        public class Id<T> : IParsable<Id<T>>
        {
            public string Text = "";
            static Id<T> IParsable<Id<T>>.Parse(string s, IFormatProvider? provider) => s.Length > 5 ? throw new OverflowException("Too long.") : new() { Text = s };
            static bool IParsable<Id<T>>.TryParse(string? s, IFormatProvider? provider, out Id<T> result) => throw new NotSupportedException();
            public override string ToString() => Text;
        }
        """;

    private const string Customer = "\"c-123e4567-e89b-12d3-a456-426614174000\"";

    [TestCase("System.Net.IPAddress", "\"::1\"", "\"::1\"")]
    [TestCase("System.Net.IPAddress?", "\"127.0.0.1\"", "\"127.0.0.1\"")]
    [TestCase("System.Net.IPNetwork", "\"10.0.0.0/8\"", "\"10.0.0.0/8\"")]
    [TestCase("CustomerId", Customer, Customer)]
    [TestCase("Amount", "\"1.50\"", "\"1.50\"")]
    [TestCase("Id<int>", "\"a\"", "\"a\"")]
    [TestCase("Dictionary<CustomerId, Amount?>", $$"""{{{Customer}}:"2.5"}""", $$"""{{{Customer}}:"2.5"}""")]
    [TestCase("Order", $$"""{"customer":{{Customer}},"amount":"1.5","other":{{Customer}},"more":[{{Customer}}]}""", $$"""{"customer":{{Customer}},"amount":"1.5","other":{{Customer}},"more":[{{Customer}}]}""")]
    [TestCase("Order", $$"""{"customer":{{Customer}}}""", $$"""{"customer":{{Customer}},"amount":null,"other":null,"more":null}""")]
    [SetCulture("de-DE")]
    public async Task Is_taken_and_given_as_a_text(string type, string value, string result)
    {
        Assert.That(1.5.ToString(CultureInfo.CurrentCulture), Is.EqualTo("1,5"));
        var plugin = Load($"[Tool] public {type} Echo({type} x) => x; [Prompt] public string Ask(CustomerId x, Amount? y) => $\"{{x}} {{y}}\";");
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{value}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        var given = JsonNode.Parse(answer.Result.ToString())!;
        Assert.That((value[0] == '"' ? given["data"]! : given).ToJsonString(), Is.EqualTo(result));
    }

    [Test]
    public async Task Is_a_string_in_the_schema_and_an_argument_of_prompts()
    {
        var plugin = Load("[Tool] public void M(CustomerId x) { } [Prompt] public string Ask(CustomerId x, Amount? y) => $\"{x} {y}\";");
        Assert.That((string?)JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!["type"], Is.EqualTo("string"));
        Assert.That((await plugin.PromptAsync("ask", ("x", Customer.Trim('"'))))!.Messages.Single().Content.Text, Is.EqualTo(Customer.Trim('"') + " "));
    }

    [TestCase("CustomerId", "\"x\"", "arguments.x: expected a text in the form that its type takes, got \"x\": A customer's id begins with \"c-\".")]
    [TestCase("CustomerId", "{}", "arguments.x: expected a string, got an object")]
    [TestCase("List<Id<string>>", """["a","abcdef"]""", "arguments.x[1]: expected a text in the form that its type takes, got \"abcdef\": Too long.")]
    [TestCase("Order", """{"customer":"c-1"}""", "arguments.x.customer: expected a text in the form that its type takes, got \"c-1\": ")]
    [TestCase("System.Net.IPAddress", "\"1.2.3.4.5\"", "arguments.x: expected a text in the form that its type takes, got \"1.2.3.4.5\": An invalid IP address was specified.")]
    public async Task What_does_not_parse_is_a_fault(string type, string value, string fault)
    {
        var plugin = Load($"[Tool] public void M({type} x) {{ }}");
        Assert.That((await plugin.CallAsync("m", $$"""{"x":{{value}}}"""))!.ErrorMessage, Does.StartWith(fault));
    }

    private static CompiledPlugin Load(string members) => CompiledPlugin.Load($$"""
        [Plugin("test")] public partial class TestPlugin { {{members}} }
        {{Types}}
        """);
}
