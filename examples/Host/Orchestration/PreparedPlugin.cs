using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>A plugin that has been found, and built where it is a project.</summary>
/// <param name="Entry">What the user said of it.</param>
/// <param name="Program">What to start; null for one that runs already.</param>
/// <param name="IsHelper">Whether it is only there for the others.</param>
internal sealed record PreparedPlugin(PluginEntry Entry, PluginProgram? Program, bool IsHelper = false)
{
    private const string LogLevelVariable = "ORCHESTRA_LOG_LEVEL";

    /// <summary>Builds what is to be built: all of it before anything is started.</summary>
    public static async Task<IReadOnlyList<PreparedPlugin>> PrepareAllAsync(
        HostOptions options, IReadOnlyList<PluginEntry> plugins, CancellationToken cancellationToken)
    {
        var all = new List<PreparedPlugin>();
        foreach (PluginEntry entry in options.With)
        {
            all.Add(await PrepareAsync(entry, options, cancellationToken) with { IsHelper = true });
        }

        foreach (PluginEntry entry in plugins)
        {
            all.Add(await PrepareAsync(entry, options, cancellationToken));
        }

        return all;
    }

    /// <exception cref="UsageException">There is no such plugin.</exception>
    /// <exception cref="PluginException">It does not build.</exception>
    public static async Task<PreparedPlugin> PrepareAsync(PluginEntry entry, HostOptions options, CancellationToken cancellationToken)
    {
        if (entry.IsAddress)
        {
            return new PreparedPlugin(entry, Program: null);
        }

        var environment = new Dictionary<string, string>(entry.Environment);
        if (options.IsQuiet && Environment.GetEnvironmentVariable(LogLevelVariable) is null)
        {
            environment.TryAdd(LogLevelVariable, "warn");
        }

        PluginProgram program = await PluginLocator.LocateAsync(entry.Path, cancellationToken);
        program = program.With(entry.Arguments) with { Name = entry.Id ?? program.Name, Environment = environment };
        return new PreparedPlugin(entry, program);
    }
}
