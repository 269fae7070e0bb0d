namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What models send by mistake is taken as what it means; a strict tool refuses it.</summary>
public sealed class TolerantFormsTests
{
    private const string Parameters =
        "int? n = 5, string s = \"-\", List<string>? ids = null, Access flags = Access.None, Shape? shape = null, DateOnly? day = null, Optional<int?> stars = default";

    private static readonly CompiledPlugin Plugin = CompiledPlugin.Load($$"""
        using System.Text.Json.Serialization;
        [Plugin("test")] public partial class TestPlugin
        {
            [Tool] public string Lenient({{Parameters}}) => $"{n} {s} {(ids is null ? "" : string.Join("|", ids))} {flags} {shape} {day} {stars.HasValue}";
            [Tool(Strict = true)] public string Strict({{Parameters}}) => "taken";
            [Prompt] public string Ask(int? times = 5) => $"{times}";
        }
        [System.Flags] public enum Access { None = 0, Read = 1, Write = 2 }
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
        public abstract record Shape(int? Size = 1);
        public sealed record Circle(int? Size = 1) : Shape(Size);
        public sealed record Square(int? Size = 1) : Shape(Size);
        """);

    [TestCase("""{"n":""}""", "5 -  None   False")]
    [TestCase("""{"s":123}""", "5 123  None   False")]
    [TestCase("""{"s":true}""", "5 true  None   False")]
    [TestCase("""{"ids":"a"}""", "5 - a None   False")]
    [TestCase("""{"ids":7}""", "5 - 7 None   False")]
    [TestCase("""{"ids":"[1]"}""", "5 - 1 None   False")]
    [TestCase("""{"ids":""}""", "5 -  None   False")]
    [TestCase("""{"flags":"read, Write"}""", "5 -  Read, Write   False")]
    [TestCase("""{"flags":"Write"}""", "5 -  Write   False")]
    [TestCase("""{"shape":{"Kind":"Circle","size":""}}""", "5 -  None Circle { Size = 1 }  False")]
    [TestCase("""{"shape":"","day":"","stars":""}""", "5 -  None   False")]
    public async Task Are_taken_unless_the_tool_is_strict(string arguments, string text)
    {
        var lenient = await Plugin.CallAsync("lenient", arguments);
        var strict = await Plugin.CallAsync("strict", arguments);

        Assert.That(lenient!.ErrorMessage, Is.Empty);
        Assert.That(lenient.Result.Fields["text"].StringValue, Is.EqualTo(text));
        Assert.That(strict!.ErrorCode, Is.EqualTo("invalid_arguments"));
    }

    [TestCase("""{"ids":"[draft"}""", "arguments.ids: expected an array, got the string \"[draft\"")]
    [TestCase("""{"ids":{"a":1}}""", "arguments.ids[0]: expected a string, got an object\narguments.ids: expected an array, got an object")]
    [TestCase("""{"s":9007199254740993}""", "arguments.s: expected a string, got the number 9007199254740992")]
    [TestCase("""{"flags":"Read, Run"}""", "arguments.flags[1]: expected one of \"None\", \"Read\", \"Write\", got \"Run\"")]
    [TestCase("""{"shape":{"Kind":"oval"}}""", "arguments.shape.Kind: expected one of \"circle\", \"square\", got \"oval\"")]
    public async Task Are_refused_where_they_may_mean_something_else(string arguments, string fault) =>
        Assert.That((await Plugin.CallAsync("lenient", arguments))!.ErrorMessage, Is.EqualTo(fault));

    [Test]
    public async Task Of_a_prompt_an_empty_argument_is_none() =>
        Assert.That((await Plugin.PromptAsync("ask", ("times", "")))!.Messages.Single().Content.Text, Is.EqualTo("5"));
}
