using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Tests.Generators;

public sealed class NamesTests
{
    [TestCase("Greet", "greet")]
    [TestCase("GetStatus", "get_status")]
    [TestCase("GetStatusAsync", "get_status")]
    [TestCase("Async", "async")]
    [TestCase("GetHTTPStatus", "get_http_status")]
    [TestCase("HTTPGet", "http_get")]
    [TestCase("Get2Items", "get2_items")]
    [TestCase("ToUTF8", "to_utf8")]
    [TestCase("already_snake", "already_snake")]
    [TestCase("Mixed_Case", "mixed_case")]
    [TestCase("_Private", "_private")]
    [TestCase("A", "a")]
    [TestCase("GetURL", "get_url")]
    [TestCase("ABTest", "ab_test")]
    public void A_tool_is_named_after_its_method(string method, string tool) =>
        Assert.That(Names.ToToolName(method), Is.EqualTo(tool));

    [TestCase("Value", "value")]
    [TestCase("URLValue", "urlValue")]
    [TestCase("URL", "url")]
    [TestCase("A", "a")]
    [TestCase("AValue", "aValue")]
    [TestCase("value", "value")]
    [TestCase("", "")]
    public void A_member_is_named_as_in_JavaScript(string member, string name) => Assert.That(Names.ToCamelCase(member), Is.EqualTo(name));

    [TestCase("AZ", true)]
    [TestCase("az", true)]
    [TestCase("09", true)]
    [TestCase("_.-", true)]
    [TestCase("", false)]
    [TestCase("a@", false)]
    [TestCase("a[", false)]
    [TestCase("a`", false)]
    [TestCase("a{", false)]
    [TestCase("a/", false)]
    [TestCase("a:", false)]
    public void An_argument_name_is_of_ASCII_letters_and_digits(string name, bool isValid) =>
        Assert.That(Names.IsArgumentName(name), Is.EqualTo(isValid));

    [TestCase("tools.greet", true)]
    [TestCase("9-lives_x", true)]
    [TestCase("", false)]
    [TestCase(".hidden", false)]
    [TestCase("a/b", false)]
    [TestCase("naïve", false)]
    public void A_plugin_id_is_good_for_a_file_name(string id, bool isValid) =>
        Assert.That(Names.IsPluginId(id), Is.EqualTo(isValid));

    [Test]
    public void Names_end_at_64_characters()
    {
        Assert.That(Names.IsToolName(new string('a', 64)), Is.True);
        Assert.That(Names.IsToolName(new string('a', 65)), Is.False);
        Assert.That(Names.IsArgumentName(new string('a', 65)), Is.False);
        Assert.That(Names.IsPluginId(new string('a', 65)), Is.False);
    }
}
