using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>What examples/Host reads in a plugins.yaml.</summary>
internal sealed class PluginsFileTests
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "project");

    [Test]
    public void Has_all_that_Orchestra_s_own_orchestrator_reads()
    {
        PluginsFile file = Parse("""
            listen_addr: "localhost:9200"
            tcp_addr: "localhost:9201"
            certs_dir: ./certs
            plugins:
              - id: tools.notes
                binary: ./bin/notes
                enabled: true
                args: [--workspace=., --fast]
                env: { NOTES_COLOR: "1" }
                config:
                  data_dir: data
                  limit: 20
                provides_storage: [notes]
                provides_ai: [none]
                depends_on: [tools.greet]
                a_key_of_tomorrow: 1
              - id: tools.greet
                binary: /opt/greeter
                enabled: false
              - { id: tools.forgotten, binary: forgotten }
            """);

        Assert.That((file.ListenAddress, file.CertsDirectory), Is.EqualTo(("localhost:9200", "./certs")));
        PluginEntry notes = file.Plugins.Single();
        Assert.That(
            (notes.Id, notes.Name, Path.GetFullPath(notes.Path)),
            Is.EqualTo(("tools.notes", "tools.notes", Path.Combine(Folder, "bin", "notes"))));
        Assert.That(notes.Arguments, Is.EqualTo(new[] { $"--workspace={Folder}", "--fast" }));
        Assert.That(notes.Environment, Is.EqualTo(new Dictionary<string, string> { ["NOTES_COLOR"] = "1" }));
        Assert.That(notes.Config, Is.EqualTo(new Dictionary<string, string> { ["data_dir"] = "data", ["limit"] = "20" }));
        Assert.That(file.StorageTypes["tools.notes"], Is.EqualTo(new[] { "notes" }));
        Assert.That(file.Disabled, Is.EqualTo(new[] { "tools.greet", "tools.forgotten" }));
    }

    [TestCase("")]
    [TestCase("plugins:")]
    public void Has_the_defaults_where_it_says_nothing(string text)
    {
        PluginsFile file = Parse(text);

        Assert.That((file.ListenAddress, file.CertsDirectory), Is.EqualTo(("localhost:50100", "~/.orchestra/certs")));
        Assert.That(file.Plugins, Is.Empty);
    }

    [TestCase("plugins: [{ binary: a }]", "plugin 1 of 1: it has no id")]
    [TestCase("plugins: [{ id: a }]", "plugin 1 of 1, a: it has no binary")]
    [TestCase("plugins: [{ id: a, binary: b }, { id: a, binary: c }]", "plugin 2 of 2: the id a is there twice")]
    [TestCase("plugins:\n  - id: a\n    enabled: perhaps", "plugins.yaml, line 3: ")]
    [TestCase("plugins:\n  - id: a\n  id: b", "plugins.yaml, line ")]
    [TestCase("certs_dir: a\ncerts_dir: b", "plugins.yaml, line 2: ")]
    public void Says_what_is_wrong_and_where(string text, string reason) =>
        Assert.That(() => Parse(text), Throws.TypeOf<UsageException>().With.Message.Contains(reason));

    [Test]
    public void Stands_for_its_plugins_on_a_command_line()
    {
        using var folder = new Interop.TemporaryFolder();
        File.WriteAllText(folder.File("plugins.yml"), "plugins: [{ id: a, binary: b, enabled: true }]");

        Assert.That(
            PluginsFile.Expand(["first", folder.File("plugins.yml")]).Select(entry => entry.Name),
            Is.EqualTo(new[] { "first", "a" }));
    }

    [TestCase("localhost:50200", true)]
    [TestCase("127.0.0.1:1", true)]
    [TestCase("[::1]:50200", true)]
    [TestCase("greeter", false)]
    [TestCase("C:\\plugins\\greeter.exe", false)]
    [TestCase("./a:1/b", false)]
    public void Tells_an_address_from_a_path(string plugin, bool isAddress) =>
        Assert.That(new PluginEntry(plugin).IsAddress, Is.EqualTo(isAddress));

    private static PluginsFile Parse(string text) => PluginsFile.Parse(text, Path.Combine(Folder, "plugins.yaml"));
}
