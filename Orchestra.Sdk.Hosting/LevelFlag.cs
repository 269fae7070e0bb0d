using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Hosting;

/// <summary><c>--log-level</c>, or <c>ORCHESTRA_LOG_LEVEL</c>, as a filter of the host for the plugin's own log; without it the host's filters decide.</summary>
internal static class LevelFlag
{
    public static void AddTo(LoggerFilterOptions options) =>
        AddTo(options, Environment.GetCommandLineArgs().AsSpan(1).ToArray(), Environment.GetEnvironmentVariable("ORCHESTRA_LOG_LEVEL"));

    public static void AddTo(LoggerFilterOptions options, IReadOnlyList<string> args, string? variable)
    {
        if ((LevelOf(args) ?? LevelOf(variable is { Length: > 0 } ? ["--log-level", variable] : [])) is { } level)
        {
            options.Rules.Add(new LoggerFilterRule(typeof(PluginLog).FullName, categoryName: null, level, filter: null));
        }
    }

    private static LogLevel? LevelOf(IReadOnlyList<string> args)
    {
        try
        {
            return PluginFlags.Parse(args).LogLevel;
        }
        catch (FormatException)
        {
            // The plugin says so when it is run.
            return null;
        }
    }
}
