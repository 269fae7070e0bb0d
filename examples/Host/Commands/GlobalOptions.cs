using System.CommandLine;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Examples.Host.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string[]> _with = new("--with")
    {
        Description = "starts this plugin too, before the others: they reach each other through the host",
        HelpName = "PLUGIN",
        Recursive = true,
    };

    private readonly Option<string[]> _config = new("--config")
    {
        Description = "boots the plugins with it",
        HelpName = "KEY=VALUE",
        Recursive = true,
    };

    private readonly Option<string> _certsDirectory = new("--certs-dir")
    {
        Description = "the directory of the certificates; by default ones are made for this run, or those of ~/.orchestra/certs "
            + "where a plugin runs already",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string> _transport = new Option<string>("--transport")
    {
        Description = "how to reach the plugins; quic by default",
        Recursive = true,
    }.AcceptOnlyFromAmong("quic", "tcp");

    private readonly Option<string> _listenAddress = new("--listen-addr")
    {
        Description = "where the host listens, which is where plugins register; any free port by default",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<bool> _debug = new("--debug")
    {
        Description = "a debugger may hold a plugin: waits five minutes for what it waits ten seconds otherwise",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "answers in JSON on one line, as in a pipe",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        foreach (Option option in (Option[])[_with, _config, _certsDirectory, _transport, _listenAddress, _debug, _json])
        {
            root.Add(option);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="plugins">What the command is about.</param>
    public HostOptions Read(ParseResult parsed, IReadOnlyList<PluginEntry> plugins)
    {
        IReadOnlyList<PluginEntry> with = PluginsFile.Expand(parsed.GetValue(_with) ?? []);
        bool isForeign = with.Concat(plugins).Any(entry => entry.IsAddress);
        return new HostOptions
        {
            With = with,
            Config = KeyValues.Parse(parsed.GetValue(_config) ?? []),
            CertsDirectory = parsed.GetValue(_certsDirectory) ?? (isForeign ? CertificateStore.DefaultDirectory : null),
            UsesTcp = parsed.GetValue(_transport) == "tcp",
            ListenAddress = parsed.GetValue(_listenAddress),
            IsDebugging = parsed.GetValue(_debug),
            Printer = new Printer(Screen.HasViewer && !parsed.GetValue(_json)),
        };
    }
}
