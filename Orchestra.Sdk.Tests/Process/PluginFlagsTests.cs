namespace Orchestra.Sdk.Tests.Processes;

public class PluginFlagsTests
{
    private static readonly string[] Rest = ["rest", "-manifest"];

    [Test]
    public void Has_the_defaults_of_the_protocol()
    {
        PluginFlags flags = PluginFlags.Parse([]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flags.ListenAddress, Is.EqualTo("localhost:0"));
            Assert.That(flags.CertsDirectory, Is.EqualTo("~/.orchestra/certs"));
            Assert.That(flags.OrchestratorAddress, Is.Empty);
            Assert.That(flags.Manifest || flags.Version || flags.Help, Is.False);
        }
    }

    [TestCase("-listen-addr", ":1")]
    [TestCase("--listen-addr", ":1")]
    [TestCase("-listen-addr=:1")]
    [TestCase("--listen-addr=:1")]
    [TestCase("--listen-addr=:2", "--listen-addr=:1")]
    [TestCase("--manifest", "--listen-addr=:1")]
    [TestCase("--listen-addr=:1", "-")]
    public void Reads_a_value_in_each_form_of_go(params string[] args)
    {
        Assert.That(PluginFlags.Parse(args).ListenAddress, Is.EqualTo(":1"));
    }

    [TestCase("--certs-dir=a=b", "a=b")]
    [TestCase("--certs-dir=", "")]
    [TestCase("--certs-dir --manifest", "--manifest")]
    public void Takes_any_text_for_a_value(string line, string expected)
    {
        Assert.That(PluginFlags.Parse(line.Split(' ')).CertsDirectory, Is.EqualTo(expected));
    }

    [Test]
    public void Reads_every_flag()
    {
        PluginFlags flags = PluginFlags.Parse(["--orchestrator-addr", "o:1", "-certs-dir", "c", "--workspace=/w", "-version", "--manifest"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flags.OrchestratorAddress, Is.EqualTo("o:1"));
            Assert.That(flags.CertsDirectory, Is.EqualTo("c"));
            Assert.That(flags.Workspace, Is.EqualTo("/w"), "orchestra serve gives it to each plugin");
            Assert.That(flags.Version, Is.True);
            Assert.That(flags.Manifest, Is.True);
        }
    }

    [TestCase(PluginTransport.Quic)]
    [TestCase(PluginTransport.Quic, "--transport", "quic")]
    [TestCase(PluginTransport.Tcp, "--transport=tcp")]
    public void Uses_QUIC_unless_told_otherwise(PluginTransport expected, params string[] args) =>
        Assert.That(PluginFlags.Parse(args).Transport, Is.EqualTo(expected));

    [Test]
    public void Refuses_an_unknown_transport() =>
        Assert.That(
            () => PluginFlags.Parse(["--transport", "udp"]),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("invalid value \"udp\" for flag -transport: must be quic or tcp"));

    [TestCase("--describe", DescriptionFormat.Json)]
    [TestCase("-describe=json", DescriptionFormat.Json)]
    [TestCase("--describe=true", DescriptionFormat.Json)]
    [TestCase("--describe=markdown", DescriptionFormat.Markdown)]
    [TestCase("--describe=false", null)]
    [TestCase("--manifest", null)]
    public void Reads_the_form_of_a_description(string argument, DescriptionFormat? expected) =>
        Assert.That(PluginFlags.Parse([argument]).Describe, Is.EqualTo(expected));

    [TestCase("-manifest", true)]
    [TestCase("--manifest=1", true)]
    [TestCase("--manifest=t", true)]
    [TestCase("--manifest=TRUE", true)]
    [TestCase("--manifest=True", true)]
    [TestCase("--manifest=0", false)]
    [TestCase("--manifest=F", false)]
    [TestCase("--manifest=false", false)]
    public void Reads_a_switch_as_go_does(string argument, bool expected)
    {
        Assert.That(PluginFlags.Parse([argument]).Manifest, Is.EqualTo(expected));
    }

    [TestCase("-h")]
    [TestCase("--h")]
    [TestCase("-help")]
    [TestCase("--help")]
    [TestCase("--help --bogus")]
    public void Asks_for_help_whatever_follows(string line)
    {
        Assert.That(PluginFlags.Parse(line.Split(' ')).Help, Is.True);
    }

    [TestCase("--listen-addr :1 -- rest -manifest")]
    [TestCase("--listen-addr :1 rest -manifest")]
    public void Ends_flags_where_go_does(string line)
    {
        PluginFlags flags = PluginFlags.Parse(line.Split(' '));
        Assert.That(flags.Arguments, Is.EqualTo(Rest));
        Assert.That(flags.Manifest, Is.False);
    }

    [TestCase("-x", "flag provided but not defined: -x")]
    [TestCase("--x=1", "flag provided but not defined: -x")]
    [TestCase("--Manifest", "flag provided but not defined: -Manifest")]
    [TestCase("--manifest --bogus", "flag provided but not defined: -bogus")]
    [TestCase("--listen-addr", "flag needs an argument: -listen-addr")]
    [TestCase("---manifest", "bad flag syntax: ---manifest")]
    [TestCase("-=1", "bad flag syntax: -=1")]
    [TestCase("--=1", "bad flag syntax: --=1")]
    [TestCase("--describe=xml", "invalid boolean value \"xml\" for -describe: must be json or markdown")]
    [TestCase("--manifest=yes", "invalid boolean value \"yes\" for -manifest: parse error")]
    [TestCase("--manifest=", "invalid boolean value \"\" for -manifest: parse error")]
    public void Says_in_gos_words_what_is_wrong(string line, string expected)
    {
        Assert.That(
            () => PluginFlags.Parse(line.Split(' ')), Throws.TypeOf<FormatException>().With.Message.EqualTo(expected));
    }

    [TestCase("orchestrator-addr")]
    [TestCase("listen-addr")]
    [TestCase("certs-dir")]
    [TestCase("workspace")]
    [TestCase("manifest")]
    [TestCase("describe")]
    [TestCase("version")]
    [TestCase("help")]
    public void Shows_each_flag_in_its_usage(string flag)
    {
        Assert.That(PluginFlags.Usage("greeter"), Does.StartWith("Usage of greeter:\n").And.Contains($"  --{flag}"));
    }
}
