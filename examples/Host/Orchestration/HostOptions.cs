using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>How this host and its plugins reach each other, and what else it starts.</summary>
internal sealed record HostOptions
{
    /// <summary>Where the certificates are; null for ones that are made for this run only.</summary>
    public string? CertsDirectory { get; init; }

    /// <summary>Plain TCP instead of QUIC.</summary>
    public bool UsesTcp { get; init; }

    /// <summary>Where the host listens; null for any free port.</summary>
    public string? ListenAddress { get; init; }

    /// <summary>The plugins that are started before those that the command names.</summary>
    public IReadOnlyList<PluginEntry> With { get; init; } = [];

    /// <summary>What every plugin is booted with, before what is said of it alone.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a debugger may hold a plugin for a while.</summary>
    public bool IsDebugging { get; init; }

    /// <summary>Whether plugins log no more than warnings, where nobody has said how much they are to log.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Where answers go.</summary>
    public Printer Printer { get; init; } = new(forPeople: false);

    /// <summary>How long to wait for what takes a plugin no time.</summary>
    public TimeSpan Limit => IsDebugging ? PluginConnection.DebuggerLimit : PluginConnection.AnswerLimit;
}
