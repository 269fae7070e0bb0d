using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>
/// A plugin's command line. The syntax is that of Go's plugins: <c>-name value</c>, <c>--name value</c>, <c>--name=value</c>;
/// <c>--</c>, or the first argument that is no flag, ends the flags.
/// </summary>
public sealed record PluginFlags
{
    /// <summary>Where a plugin listens by default: on loopback, at any free port.</summary>
    public const string DefaultListenAddress = "localhost:0";

    /// <summary>Where the certificates are by default.</summary>
    public const string DefaultCertsDirectory = Certificates.CertificateStore.DefaultDirectory;

    /// <summary><c>--orchestrator-addr</c>: the orchestrator to register with; empty for none.</summary>
    public string OrchestratorAddress { get; init; } = "";

    /// <summary><c>--listen-addr</c>: where to listen.</summary>
    public string ListenAddress { get; init; } = DefaultListenAddress;

    /// <summary><c>--certs-dir</c>: where the certificates are.</summary>
    public string CertsDirectory { get; init; } = DefaultCertsDirectory;

    /// <summary><c>--transport</c>: how peers reach the plugin, and it them.</summary>
    public PluginTransport Transport { get; init; } = PluginTransport.Quic;

    /// <summary>
    /// <c>--log-level</c>: the least that the SDK's own log takes; <see langword="null"/> for what <c>ORCHESTRA_LOG_LEVEL</c> says, or
    /// <see cref="Microsoft.Extensions.Logging.LogLevel.Information"/>.
    /// </summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>
    /// <c>--log-file</c>: the file that gets all that standard error gets; a directory for one named after the plugin's id in it. Empty
    /// for what <c>ORCHESTRA_LOG_FILE</c> says, or none.
    /// </summary>
    public string LogFile { get; init; } = "";

    /// <summary>
    /// <c>--workspace</c>: the folder in which the user works. <c>orchestra serve</c> gives it to each plugin that it has installed; it is for
    /// the plugin's own use.
    /// </summary>
    public string Workspace { get; init; } = "";

    /// <summary><c>--manifest</c>: print the manifest and exit.</summary>
    public bool Manifest { get; init; }

    /// <summary><c>--describe</c>: print all that the plugin offers, in this form, and exit; <see langword="null"/>: do not.</summary>
    public DescriptionFormat? Describe { get; init; }

    /// <summary><c>--mcp</c>: serve one client of the Model Context Protocol on standard input and output, and no orchestrator.</summary>
    public bool Mcp { get; init; }

    /// <summary><c>--mcp-config</c>: print how AI clients are told to start the plugin so, and exit.</summary>
    public bool McpConfig { get; init; }

    /// <summary><c>--version</c>: print the version and exit.</summary>
    public bool Version { get; init; }

    /// <summary><c>--help</c> or <c>-h</c>: print the usage and exit.</summary>
    public bool Help { get; init; }

    /// <summary>What stands after the flags.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <returns>The flags.</returns>
    /// <exception cref="FormatException">
    /// A flag is not known, lacks its value, or has one that cannot be read; the message says which, in Go's words.
    /// </exception>
    public static PluginFlags Parse(IReadOnlyList<string> args) => Parse(args, new PluginFlags());

    internal static PluginFlags Parse(IReadOnlyList<string> args, PluginFlags defaults)
    {
        ArgumentNullException.ThrowIfNull(args);
        PluginFlags flags = defaults;
        int next = 0;
        while (next < args.Count && args[next] is ['-', _, ..] argument)
        {
            next++;
            if (argument == "--")
            {
                break;
            }

            (string name, string? value) = Split(argument);
            switch (name)
            {
                case "orchestrator-addr":
                    flags = flags with { OrchestratorAddress = Text() };
                    break;
                case "listen-addr":
                    flags = flags with { ListenAddress = Text() };
                    break;
                case "certs-dir":
                    flags = flags with { CertsDirectory = Text() };
                    break;
                case "transport":
                    flags = flags with { Transport = TransportOf(Text()) };
                    break;
                case "log-level":
                    flags = flags with { LogLevel = LogSettings.LevelOfFlag(Text()) };
                    break;
                case "log-file":
                    flags = flags with { LogFile = Text() };
                    break;
                case "workspace":
                    flags = flags with { Workspace = Text() };
                    break;
                case "manifest":
                    flags = flags with { Manifest = Switch() };
                    break;
                case "describe":
                    flags = flags with { Describe = FormatOf(value) };
                    break;
                case "mcp":
                    flags = flags with { Mcp = Switch() };
                    break;
                case "mcp-config":
                    flags = flags with { McpConfig = Switch() };
                    break;
                case "version":
                    flags = flags with { Version = Switch() };
                    break;
                case "h" or "help":
                    return flags with { Help = true };
                default:
                    throw new FormatException($"flag provided but not defined: -{name}");
            }

            string Text() => value
                ?? (next < args.Count ? args[next++] : throw new FormatException($"flag needs an argument: -{name}"));

            bool Switch() => value switch
            {
                null or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
                "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
                _ => throw new FormatException($"invalid boolean value \"{value}\" for -{name}: parse error"),
            };
        }

        return flags with { Arguments = [.. args.Skip(next)] };
    }

    /// <summary>What <c>--help</c> prints.</summary>
    /// <param name="program">The program's name.</param>
    /// <returns>The text, with a line break at its end.</returns>
    public static string Usage(string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return $"""
            Usage of {program}:
              --orchestrator-addr HOST:PORT
                    register with the orchestrator at this address
              --listen-addr HOST:PORT
                    listen there; port 0 takes any free one (default {DefaultListenAddress})
              --certs-dir DIR
                    the directory of the mTLS certificates (default {DefaultCertsDirectory})
              --transport quic|tcp
                    quic is encrypted, with certificates on both sides; tcp is neither, and loopback only (default quic)
              --log-level trace|debug|info|warn|error|critical|none
                    the least that is logged (default {LogSettings.LevelVariable}, or info)
              --log-file PATH
                    log there too; a directory for a file of this plugin's own in it (default {LogSettings.FileVariable}, or nowhere)
              --workspace DIR
                    the folder in which the user works, for plugins that want to know; orchestra serve gives it to each
              --manifest
                    print the manifest as one line of JSON and exit
              --describe[=json|markdown]
                    print all tools, prompts and events with their schemas and exit (default json)
              --mcp
                    be an MCP server on stdin and stdout, for Claude Code, VS Code and other AI clients
              --mcp-config
                    print what tells these clients to start the plugin so, and exit
              --version
                    print the plugin's id and version and exit
              --help, -h
                    print this and exit

            """;
    }

    private static PluginTransport TransportOf(string value) => value switch
    {
        "quic" => PluginTransport.Quic,
        "tcp" => PluginTransport.Tcp,
        _ => throw new FormatException($"invalid value \"{value}\" for flag -transport: must be quic or tcp"),
    };

    // A switch that may have a value: Go's flags know a form with "=" only for these.
    private static DescriptionFormat? FormatOf(string? value) => value switch
    {
        null or "json" or "true" => DescriptionFormat.Json,
        "markdown" => DescriptionFormat.Markdown,
        "false" => null,
        _ => throw new FormatException($"invalid boolean value \"{value}\" for -describe: must be json or markdown"),
    };

    private static (string Name, string? Value) Split(string argument)
    {
        string flag = argument[(argument[1] == '-' ? 2 : 1)..];
        if (flag[0] is '-' or '=')
        {
            throw new FormatException($"bad flag syntax: {argument}");
        }

        int equals = flag.IndexOf('=');
        return equals < 0 ? (flag, null) : (flag[..equals], flag[(equals + 1)..]);
    }
}
