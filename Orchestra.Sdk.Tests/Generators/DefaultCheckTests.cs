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
}
