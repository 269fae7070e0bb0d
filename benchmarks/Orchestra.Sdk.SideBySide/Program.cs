using Orchestra.Sdk.SideBySide.Comparison;
using Orchestra.Sdk.SideBySide.Curves;
using Orchestra.Sdk.SideBySide.Mcp;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Peer;
using Orchestra.Sdk.SideBySide.Reliability;
using Orchestra.Sdk.SideBySide.RoundTrips;
using Orchestra.Sdk.SideBySide.Soak;
using Orchestra.Sdk.SideBySide.Start;

// `client` is ours, with the commands of Go's for benchmarks; anything else measures: `plugins` ours beside Go's in every row, `start` what
// a plugin costs before its first call, `greedy` what one peer leaves to others, `restart` and `blocking` what docs/reliability.md says, `soak` whether anything
// grows while it is used for long, `mcp` servers of that protocol, `curves` what grows with the work, `round-trips` what a connection
// carries over a long link.
switch (args)
{
    case ["client", var certificates]:
        await BenchClient.RunAsync(certificates);
        return 0;
    case ["start", var goPlugin, var ours, .. var options] when File.Exists(goPlugin) && File.Exists(ours):
        StartMeasurement start = await StartMeasurement.RunAsync(goPlugin, ours, Settings.Parse(["--rounds", "20", .. options]).Rounds);
        Console.WriteLine("| median (range) | Go plugin | our plugin | ratio |\n|---|---:|---:|---:|");
        Console.WriteLine(string.Join('\n', start.Lines));
        return 0;
    case ["soak", var notes, .. var options] when File.Exists(notes):
        return await SoakRun.RunAsync(notes, SoakOptions.Parse(options)) ? 0 : 1;
    case ["soak-client", var address, var certificates]:
        await HostileLoad.RunVictimAsync(address, certificates);
        return 0;
    case ["mcp", var greeter, var csharp, var node, var script, .. var options] when File.Exists(greeter) && File.Exists(csharp) && File.Exists(script):
        Settings calls = Settings.Parse(options);
        await McpMeasurement.RunAsync(
            [
                ("Greeter", [greeter, "--mcp"], true),
                ("the official C# SDK, native", [csharp], true),
                ("the official TypeScript SDK, node", [node, script], false),
            ],
            calls.Rounds,
            TimeSpan.FromSeconds(calls.Seconds));
        return 0;
    case ["greedy", var plugin, .. var options] when File.Exists(plugin):
        await GreedyMeasurement.RunAsync(plugin, Settings.Parse(options).Seconds);
        return 0;
    case ["restart", var goPlugin, var ours, var goPeer, .. var options] when File.Exists(goPlugin) && File.Exists(ours) && File.Exists(goPeer):
        await RestartMeasurement.RunAsync(goPlugin, ours, goPeer, Settings.Parse(["--rounds", "20", .. options]).Rounds);
        return 0;
    case ["round-trips", .. var options]:
        await RoundTripCurve.RunAsync(Settings.Parse(options).Docs);
        return 0;
    case ["blocking", .. var options]:
        await BlockingMeasurement.RunAsync(Settings.Parse(["--rounds", "3", .. options]).Rounds);
        return 0;
    case [BlockingPlugin.Command, .. var flags]:
        return await BlockingPlugin.RunAsync(flags);
    case ["curves", var folder, var goPlugin, .. var options] when CurvesMeasurement.IsFolder(folder) && File.Exists(goPlugin):
        await CurvesMeasurement.RunAsync(folder, goPlugin, Settings.Parse(["--seconds", "2", .. options]));
        return 0;
    case ["curves", var folder, .. var options] when CurvesMeasurement.IsFolder(folder):
        await CurvesMeasurement.RunAsync(folder, goPlugin: null, Settings.Parse(["--seconds", "2", .. options]));
        return 0;
    case ["plugins", var goPeer, var goPlugin, var plugin, .. var options] when File.Exists(goPeer) && File.Exists(goPlugin) && File.Exists(plugin):
        await PluginComparison.RunAsync(new Programs(goPeer, goPlugin, plugin), Settings.Parse(options));
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: side-by-side plugins PATH-OF-GO-PEER PATH-OF-GO-PLUGIN PATH-OF-BENCH-PLUGIN [--rounds N] [--seconds N] [--docs FOLDER]
                   side-by-side start PATH-OF-GO-PLUGIN PATH-OF-GREETER [--rounds N]
                   side-by-side soak PATH-OF-NOTES [--minutes N] [--chart PATH-OF-SVG] [--only WHAT,WHAT]
                   side-by-side mcp PATH-OF-GREETER PATH-OF-CSHARP-SERVER PATH-OF-NODE PATH-OF-TYPESCRIPT-SERVER [--rounds N] [--seconds N]
                   side-by-side greedy PATH-OF-BENCH-PLUGIN [--seconds N]
                   side-by-side restart PATH-OF-GO-PLUGIN PATH-OF-GREETER PATH-OF-GO-PEER [--rounds N]
                   side-by-side blocking [--rounds N]
                   side-by-side curves FOLDER-OF-BENCH-PLUGINS [PATH-OF-GO-PLUGIN] [--seconds N] [--docs FOLDER]
                   side-by-side round-trips [--docs FOLDER]
            """);
        return 2;
}
