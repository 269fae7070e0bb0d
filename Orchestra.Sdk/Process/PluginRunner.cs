using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>What a plugin program does from its first argument to its exit code.</summary>
/// <param name="definition">The plugin's constants.</param>
/// <param name="host">Makes the plugin and its server, and ends them.</param>
/// <param name="streams">The process's.</param>
/// <param name="built">The plugin, when it was made before by a builder: it may have more than its definition says.</param>
/// <param name="ownLoggers">Where the author wants the log; null for standard error.</param>
internal sealed class PluginRunner(
    PluginDefinition definition,
    IPluginHost host,
    StandardStreams streams,
    PluginInstance? built = null,
    ILoggerFactory? ownLoggers = null)
{
    private readonly string _program = ProgramName(Environment.ProcessPath) ?? definition.Id;

    /// <summary>For a plugin with nothing around it.</summary>
    public PluginRunner(
        PluginDefinition definition,
        Func<ILoggerFactory, PluginServer> createServer,
        StandardStreams streams,
        PluginInstance? built = null,
        ILoggerFactory? ownLoggers = null)
        : this(definition, new PlainHost(createServer), streams, built, ownLoggers)
    {
    }

    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        RunAsync(args, new PluginFlags(), cancellationToken);

    public Task<int> RunAsync(IReadOnlyList<string> args, PluginFlags defaults, CancellationToken cancellationToken)
    {
        streams.Prepare();
        PluginFlags flags;
        try
        {
            flags = PluginFlags.Parse(args, defaults);
            if (flags is { Help: false, Arguments: [var word, ..] })
            {
                // Who writes a word there means that the program should do it; to serve for ever would be no answer.
                throw new FormatException($"unexpected argument \"{word}\": a plugin takes flags only, and is called by an orchestrator");
            }
        }
        catch (FormatException exception)
        {
            byte[] text = Encoding.UTF8.GetBytes($"{exception.Message}\n{PluginFlags.Usage(_program)}");
            return Task.FromResult(Print(streams.Error, text, ExitCode.WrongUsage));
        }

        return RunAsync(flags, cancellationToken);
    }

    public Task<int> RunAsync(PluginFlags flags, CancellationToken cancellationToken)
    {
        streams.Prepare();
        if (new FlagAnswers(definition, _program, built).To(flags) is { } text)
        {
            return Task.FromResult(Print(streams.Output, text, ExitCode.Success));
        }

        LogSettings log;
        try
        {
            log = LogSettings.Read(flags, definition.Id, streams.Variable);
        }
        catch (FormatException exception)
        {
            return Task.FromResult(Print(streams.Error, Encoding.UTF8.GetBytes($"{_program}: {exception.Message}\n"), ExitCode.WrongUsage));
        }

        return new PluginProcess(definition, _program, host, streams, ownLoggers, canChange: built is not null)
            .RunAsync(flags, log, cancellationToken);
    }

    /// <summary>A program may be named by its plugin's id, in which there are dots.</summary>
    internal static string? ProgramName(string? path)
    {
        string? name = Path.GetFileName(path);
        return name is not null && name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    private int Print(Func<Stream> target, byte[] text, int exitCode)
    {
        try
        {
            using Stream stream = target();
            stream.Write(text);
            stream.Flush();
            return exitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (target == streams.Output)
            {
                string line = $"{_program}: standard output cannot be written: it is closed, full, or nobody reads it\n";
                Print(streams.Error, Encoding.UTF8.GetBytes(line), ExitCode.Failure);
            }

            return ExitCode.Failure;
        }
    }
}
