using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>The arguments of a call as they are typed for examples/Host.</summary>
internal sealed class ArgumentWordsTests
{
    private static readonly Struct Schema = JsonText.ParseObject("""
        {
          "type": "object",
          "properties": {
            "name": { "type": "string" },
            "times": { "type": "integer" },
            "loud": { "type": ["boolean", "null"] },
            "any": {},
            "tags": { "type": "array", "items": { "type": "string" } },
            "sizes": { "type": "array", "items": { "type": "number" } },
            "draft": { "type": "object", "properties": { "title": { "type": "string" }, "text": { "type": "string" } } }
          }
        }
        """);

    [TestCase("""{"name":"Ada","x":[1]}""", new[] { """{"name":"Ada","x":[1]}""" })]
    [TestCase("{}", new string[0])]
    [TestCase("""{"name":"12"}""", new[] { "name=12" })]
    [TestCase("""{"name":"a=b"}""", new[] { "name=a=b" })]
    [TestCase("""{"times":12}""", new[] { "times=12" })]
    [TestCase("""{"times":"many"}""", new[] { "times=many" })]
    [TestCase("""{"loud":true}""", new[] { "loud=true" })]
    [TestCase("""{"any":"1"}""", new[] { "any=1" })]
    [TestCase("""{"any":[1]}""", new[] { "any=[1]" })]
    [TestCase("""{"tags":["a"]}""", new[] { "tags=a" })]
    [TestCase("""{"tags":["a","b"]}""", new[] { "tags=a", "tags=b" })]
    [TestCase("""{"tags":["a","b"]}""", new[] { """tags=["a","b"]""" })]
    [TestCase("""{"sizes":[1.5,2]}""", new[] { "sizes=1.5", "sizes=2" })]
    [TestCase("""{"draft":{"title":"a","text":"b"}}""", new[] { "draft.title=a", "draft.text=b" })]
    [TestCase("""{"draft":{"title":"a"}}""", new[] { """draft={"title":"a"}""" })]
    [TestCase("""{"nam":"Ada","draft.titel":"a"}""", new[] { "nam=Ada", "draft.titel=a" })]
    public void Become_what_the_schema_says(string expected, string[] words) =>
        Assert.That(ArgumentWords.Parse(words).ToStruct(Schema), Is.EqualTo(JsonText.ParseObject(expected)));

    [TestCase("Ada")]
    [TestCase("=Ada")]
    [TestCase("[1]")]
    [TestCase("{}", "name=Ada")]
    [TestCase("{name:1}")]
    [TestCase("@no-such-file")]
    public void Are_refused_where_they_are_neither_JSON_nor_pairs(params string[] words) =>
        Assert.That(() => ArgumentWords.Parse(words), Throws.TypeOf<UsageException>());

    [TestCase("name=a", "name=b")]
    [TestCase("draft.title=a", "draft={}")]
    public void Are_refused_where_one_is_given_twice(params string[] words) => Assert.That(
        () => ArgumentWords.Parse(words).ToStruct(Schema), Throws.TypeOf<UsageException>().With.Message.Contains("given twice"));

    [Test]
    public void Are_read_from_a_file()
    {
        using var folder = new Interop.TemporaryFolder();
        File.WriteAllText(folder.File("arguments.json"), """{"name":"Ada"}""");

        Assert.That(
            ArgumentWords.Parse([$"@{folder.File("arguments.json")}"]).ToStruct(Schema),
            Is.EqualTo(JsonText.ParseObject("""{"name":"Ada"}""")));
    }
}
