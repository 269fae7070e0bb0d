using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk;

/// <summary>What is logged, and where to besides standard error, as the flags say or the environment.</summary>
/// <param name="Level">The least that is logged.</param>
/// <param name="File">The file; null for none.</param>
internal sealed record LogSettings(LogLevel Level, LogFile? File)
{
    public const string LevelVariable = "ORCHESTRA_LOG_LEVEL";
    public const string FileVariable = "ORCHESTRA_LOG_FILE";

    private const string Levels = "must be trace, debug, info, warn, error, critical or none";

    /// <param name="flags">What the command line says, which comes first.</param>
    /// <param name="id">The plugin's id, which its log has in a directory.</param>
    /// <param name="variable">Looks into the environment.</param>
    /// <exception cref="FormatException">A value is wrong; the message says which.</exception>
    public static LogSettings Read(PluginFlags flags, string id, Func<string, string?> variable)
    {
        LogLevel level = flags.LogLevel ?? LogLevel.Information;
        if (flags.LogLevel is null && variable(LevelVariable) is { Length: > 0 } text)
        {
            level = LevelOf(text) ?? throw new FormatException($"invalid value \"{text}\" of {LevelVariable}: {Levels}");
        }

        return flags.LogFile.Length > 0
            ? new LogSettings(level, Open(flags.LogFile, id, "-log-file"))
            : new LogSettings(level, variable(FileVariable) is { Length: > 0 } path ? Open(path, id, FileVariable) : null);
    }

    /// <exception cref="FormatException">It is no level.</exception>
    public static LogLevel LevelOfFlag(string value) =>
        LevelOf(value) ?? throw new FormatException($"invalid value \"{value}\" for flag -log-level: {Levels}");

    private static LogLevel? LevelOf(string value) => value switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" or "information" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "critical" => LogLevel.Critical,
        "none" => LogLevel.None,
        _ => null,
    };

    private static LogFile Open(string path, string id, string source)
    {
        try
        {
            // Plugins that an orchestrator starts with one environment have a file each.
            bool isDirectory = Path.EndsInDirectorySeparator(path) || Directory.Exists(path);
            return new LogFile(isDirectory ? Path.Combine(path, $"{id}.log") : path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"invalid value \"{path}\" of {source}: the log cannot be written there: {exception.Message}", exception);
        }
    }
}
