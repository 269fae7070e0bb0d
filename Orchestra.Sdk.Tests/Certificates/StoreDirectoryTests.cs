using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

public class StoreDirectoryTests
{
    private static readonly string Home = Environment.GetFolderPath(
        Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    [TestCase("~", "")]
    [TestCase("~/", "")]
    [TestCase("~/a/b", "a/b")]
    [TestCase("~/a/../b", "b")]
    [TestCase("", ".orchestra/certs")]
    [TestCase(CertificateStore.DefaultDirectory, ".orchestra/certs")]
    public void Expands_the_home_directory(string directory, string below) =>
        Assert.That(
            Path.TrimEndingDirectorySeparator(CertificateStore.ResolveDirectory(directory)),
            Is.EqualTo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Home, below)))));

    [TestCase("~other/certs")]
    [TestCase("a/~")]
    [TestCase("certs")]
    public void Takes_any_other_path_as_it_is(string directory) =>
        Assert.That(
            CertificateStore.ResolveDirectory(directory), Is.EqualTo(Path.Combine(Environment.CurrentDirectory, directory)));

    [Test]
    public void Is_told_as_an_absolute_path() =>
        Assert.That(new CertificateStore("certs").DirectoryPath, Is.EqualTo(Path.Combine(Environment.CurrentDirectory, "certs")));
}
