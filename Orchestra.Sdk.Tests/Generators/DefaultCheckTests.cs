using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Tests.Generators;

public class DefaultCheckTests
{
    [TestCase("")]
    [TestCase("a")]
    [TestCase("a@b")]
    [TestCase("@b")]
    [TestCase("a@")]
    [TestCase("a@b@c")]
    [TestCase("a@b\n")]
    [TestCase("HTTP://x")]
    [TestCase("https:/x")]
    [TestCase("ftp://")]
    [TestCase("YQ==")]
    [TestCase("YQ=")]
    [TestCase("YQ")]
    [TestCase("Y Q==")]
    [TestCase("YWJj\r")]
    public void Takes_the_forms_that_the_reader_takes(string text)
    {
        foreach (TextForm form in new[] { TextForm.EmailAddress, TextForm.Url, TextForm.Base64 })
        {
            Assert.That(DefaultCheck.HasForm(text, form.ToString()), Is.EqualTo(form.IsFormOf(text)), form.ToString());
        }
    }

    // An override without an initializer gives what its base does where it has no getter of its own, or one that asks the base.
    [TestCase("public override string Name { set => base.Name = value; }", true)]
    [TestCase("public override string Name { get => base.Name; set => base.Name = value; }", true)]
    [TestCase("public override string Name { get { return base.Name; } }", true)]
    [TestCase("public override string Name { get; set; } = \"\";", false)]
    [TestCase("public override string Name { get; set; } = \"abcde\";", true)]
    [TestCase("public override string Name { get => \"\"; set { } }", false)]
    [TestCase("public new string Name { get; set; } = \"\";", false)]
    [TestCase("", true)]
    public async Task Looks_at_the_initializer_that_counts(string member, bool isFault)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            [Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(Derived x) { } }
            public class Base { [MaxLength(3)] public virtual string Name { get; set; } = "abcd"; }
            public class Derived : Base { {{member}} }
            """);
        Assert.That(
            diagnostics.Select(diagnostic => diagnostic.GetMessage(null)),
            isFault ? Has.One.EndsWith("is refused when a caller sends it: it is longer than 3") : Is.Empty);
    }
}
