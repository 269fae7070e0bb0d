using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>How this host and its plugins reach each other, and what else it starts.</summary>
/// <param name="CertsDirectory">Where the certificates are; null for ones that are made for this run only.</param>
/// <param name="UsesTcp">Plain TCP instead of QUIC.</param>
internal sealed record HostOptions(string? CertsDirectory = null, bool UsesTcp = false)
{
    /// <summary>The plugins that are started before the one that the command names.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>What every plugin is booted with.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes the options at the beginning of a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="rest">What follows the options.</param>
    /// <exception cref="UsageException">An option lacks its value, or has one that there is not.</exception>
    public static HostOptions Parse(string[] args, out string[] rest)
    {
        var options = new HostOptions();
        rest = args;
        while (rest is ["--certs-dir" or "--transport" or "--with" or "--config", ..])
        {
            options = rest switch
            {
                ["--certs-dir", { Length: > 0 } directory, ..] => options with { CertsDirectory = directory },
                ["--certs-dir", ..] => throw new UsageException("--certs-dir takes a directory."),
                ["--transport", "quic" or "tcp", ..] => options with { UsesTcp = rest[1] == "tcp" },
                ["--transport", ..] => throw new UsageException("--transport takes quic or tcp."),
                ["--with", { Length: > 0 } plugin, ..] => options with { With = [.. options.With, plugin] },
                ["--with", ..] => throw new UsageException("--with takes a plugin."),
                [_, var pair, ..] => options with { Config = KeyValues.Add(options.Config, pair) },
                _ => throw new UsageException("--config takes key=value."),
            };
            rest = rest[2..];
        }

        return options;
    }
}
