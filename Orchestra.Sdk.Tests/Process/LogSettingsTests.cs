using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Processes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LogSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Are_info_and_no_file_by_default() => Assert.That(Read(), Is.EqualTo((LogLevel.Information, null as string)));

    [TestCase("trace", LogLevel.Trace)]
    [TestCase("debug", LogLevel.Debug)]
    [TestCase("info", LogLevel.Information)]
    [TestCase("information", LogLevel.Information)]
    [TestCase("warn", LogLevel.Warning)]
    [TestCase("warning", LogLevel.Warning)]
    [TestCase("error", LogLevel.Error)]
    [TestCase("critical", LogLevel.Critical)]
    [TestCase("none", LogLevel.None)]
    public void Have_a_level_by_flag_or_variable(string text, LogLevel level)
    {
        Assert.That(Read("--log-level", text).Level, Is.EqualTo(level));
        _variables["ORCHESTRA_LOG_LEVEL"] = text;
        Assert.That(Read().Level, Is.EqualTo(level));
    }

    [Test]
    public void Are_those_of_the_flags_where_both_are_there()
    {
        _variables["ORCHESTRA_LOG_LEVEL"] = "error";
        _variables["ORCHESTRA_LOG_FILE"] = _folder.File("variable");
        Assert.That(Read("--log-level=debug", "--log-file", _folder.File("flag")), Is.EqualTo((LogLevel.Debug, _folder.File("flag.1"))));
        Assert.That(Read(), Is.EqualTo((LogLevel.Error, _folder.File("variable.1"))));
        _variables["ORCHESTRA_LOG_LEVEL"] = "";
        _variables["ORCHESTRA_LOG_FILE"] = "";
        Assert.That(Read(), Is.EqualTo((LogLevel.Information, null as string)), "empty is as good as not set");
    }

    [Test]
    public void Give_each_plugin_a_file_of_its_own_in_a_directory() =>
        Assert.That(Read("--log-file", _folder.Path).Earlier, Is.EqualTo(_folder.File("tools.test.log.1")));

    [Test]
    public void Say_which_value_is_wrong()
    {
        Assert.That(
            () => Read("--log-level", "loud"),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
                "invalid value \"loud\" for flag -log-level: must be trace, debug, info, warn, error, critical or none"));
        string missing = _folder.File(Path.Combine("missing", "log"));
        Assert.That(
            () => Read("--log-file", missing),
            Throws.TypeOf<FormatException>().With.Message.StartsWith($"invalid value \"{missing}\" of -log-file: the log cannot be written there: "));
        _variables["ORCHESTRA_LOG_FILE"] = missing;
        Assert.That(Read, Throws.TypeOf<FormatException>().With.Message.StartsWith($"invalid value \"{missing}\" of ORCHESTRA_LOG_FILE: "));
        _variables["ORCHESTRA_LOG_LEVEL"] = "loud";
        Assert.That(Read, Throws.TypeOf<FormatException>().With.Message.StartsWith("invalid value \"loud\" of ORCHESTRA_LOG_LEVEL: must be "));
    }

    private (LogLevel Level, string? Earlier) Read() => Read([]);

    private (LogLevel Level, string? Earlier) Read(params string[] args)
    {
        var settings = LogSettings.Read(PluginFlags.Parse(args), "tools.test", _variables.GetValueOrDefault);
        using (settings.File)
        {
            return (settings.Level, settings.File?.Earlier);
        }
    }
}
