using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What <see cref="SchemaAgreementTests"/> says of scalars, said of types with members, collections and open JSON.</summary>
[Category("Process")]
public sealed class TypeAgreementTests
{
    private readonly TypeSamples _samples = new();

    [TestCase("note", new[] { """{"title":"a","tags":["b"],"level":"Low","stars":null}""", """{"title":"a","tags":[]}""" }, new[] { "null", "{}", """{"title":"a","tags":[],"more":1}""", """{"title":"","tags":[]}""", """{"title":"a","tags":[],"stars":6}""" })]
    [TestCase("place", new[] { """{"at":{"x":1}}""" }, new[] { """{"at":{}}""", """{"at":{"x":1,"z":1}}""", """{"name":"n"}""" })]
    [TestCase("node", new[] { """{"name":"a","children":[{"name":"b","children":[]}],"next":null}""" }, new[] { """{"name":"a","children":[{"name":"b"}]}""", """{"name":"a","children":[],"next":1}""" })]
    [TestCase("tree", new[] { """{"a":{"branches":{"b":{}}}}""" }, new[] { """{"a":{"branches":{"b":1}}}""" })]
    [TestCase("page", new[] { """{"items":[{"title":"a","tags":[]}],"cursor":null}""" }, new[] { """{"items":[{"title":"a"}]}""" })]
    [TestCase("shape", new[] { """{"type":"circle","color":"r","radius":1}""", """{"type":"square","color":"r","side":1,"inner":null}""" }, new[] { """{"color":"r","radius":1}""", """{"type":"circle","color":"r","side":1}""", """{"type":"circle","color":"r","radius":101}""" })]
    [TestCase("numbered", new[] { """{"kind":1,"a":2}""", """{"kind":2,"b":2}""" }, new[] { """{"kind":1,"b":2}""", """{"kind":3}""", """{"kind":"1"}""" })]
    [TestCase("contact", new[] { """{"email":"a@b","name":"n"}""", """{"email":"a@b","name":"n","site":"HTTPS://x","photo":"AQ==","both":null}""" }, new[] { """{"email":"a@","name":"n"}""", """{"email":"a@b"}""", """{"email":"a@b","name":" "}""", """{"email":"a@b","name":null}""", """{"email":"a@b","name":"n","site":"x"}""", """{"email":"a@b","name":"n","photo":"A"}""", """{"email":"a@b","name":"n","user":"root"}""", """{"email":"a@b","name":"n","age":0}""", """{"email":"a@b","name":"n","both":"a@b"}""" })]
    [TestCase("renamed", new[] { """{"must":null}""", """{"must":"m","the_name":"n"}""" }, new[] { "{}", """{"must":"m","name":"n"}""" })]
    [TestCase("counts", new[] { "{}", """{"a":1}""" }, new[] { """{"a":"1"}""", "[]" })]
    [TestCase("set", new[] { "[]", "[1,2]" }, new[] { "[1,1]", "1" })]
    [TestCase("tuple", new[] { """["a",1,null]""", """["a",1,{"x":1}]""" }, new[] { """["a",1]""", """["a",1,null,1]""", """[1,1,null]""" })]
    [TestCase("rights", new[] { "[]", """["Read","change"]""" }, new[] { """["Write"]""", "\"Read\"", """["Read","Read"]""" })]
    [TestCase("big", new[] { "\"-12\"" }, new[] { "\"1.5\"", "1", "\"\"" })]
    [TestCase("struct", new[] { """{"a":[1]}""" }, new[] { "[]", "null" })]
    [TestCase("value", new[] { """{"a":[1]}""", "null", "1" }, new string[0])]
    [TestCase("json-array", new[] { "[1,{}]" }, new[] { "{}" })]
    public async Task The_full_schema_takes_what_the_code_takes(string tool, string[] valid, string[] invalid)
    {
        await using var ajv = AjvValidator.Start();
        valid = [.. valid.Select(Argument)];
        invalid = [.. invalid.Select(Argument)];
        Assert.That(await ajv.CheckAsync(_samples.FullPlugin.Schema(tool), valid, invalid), Is.Empty);
        foreach (var arguments in valid)
        {
            Assert.That((await _samples.FullPlugin.CallAsync("strict-" + tool, arguments))!.ErrorMessage, Is.Empty, arguments);
        }

        foreach (var arguments in invalid)
        {
            Assert.That((await _samples.FullPlugin.CallAsync("strict-" + tool, arguments))!.ErrorCode, Is.EqualTo("invalid_arguments"), arguments);
        }
    }

    [Test]
    public async Task Every_schema_of_every_profile_is_a_good_one()
    {
        await using var ajv = AjvValidator.Start();
        foreach (var plugin in new[] { _samples.Plugin, _samples.FullPlugin, _samples.StrictPlugin })
        {
            foreach (var tool in plugin.Tools.Tools)
            {
                Assert.That(await ajv.CheckAsync(tool.InputSchema.ToString()), Is.Empty, $"{tool.Name}: {tool.InputSchema}");
            }
        }
    }

    private static string Argument(string value) => $$"""{"x":{{value}}}""";
}
