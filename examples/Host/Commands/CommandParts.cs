using System.CommandLine;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary>What several commands are made of.</summary>
internal static class CommandParts
{
    private const string Kinds = "a program, a .dll, a project or its folder, a .cs file, a plugins.yaml, or HOST:PORT of one that runs";

    public static Argument<string> Plugin() => new("PLUGIN") { Description = Kinds };

    public static Argument<string[]> Plugins() => new("PLUGIN") { Description = Kinds, Arity = ArgumentArity.OneOrMore };

    public static Argument<string> Tool() => new("TOOL") { Description = "the tool's name" };

    public static Argument<string[]> Arguments(ArgumentArity arity) => new Argument<string[]>("ARGUMENTS")
    {
        Description = "one JSON object, @FILE with one in it, or words such as name=Ada draft.title=Milk tags=a tags=b",
        Arity = arity,
    }.Checked(words => ArgumentWords.Parse(words));

    public static Argument<string[]> Pairs() => new Argument<string[]>("KEY=VALUE")
    {
        Description = "its arguments",
        Arity = ArgumentArity.ZeroOrMore,
    }.Checked(words => KeyValues.Parse(words));

    /// <summary>Has wrong words be wrong usage, before anything is built or started.</summary>
    private static Argument<string[]> Checked(this Argument<string[]> argument, Action<IReadOnlyList<string>> parse)
    {
        argument.Validators.Add(result =>
        {
            try
            {
                parse([.. result.Tokens.Select(token => token.Value)]);
            }
            catch (UsageException exception)
            {
                result.AddError(exception.Message);
            }
        });
        return argument;
    }

    /// <summary>Gives a command something to do, which says whether it succeeded.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<bool>> action)
    {
        command.SetAction(async (parsed, cancellationToken) => await action(parsed, cancellationToken) ? 0 : 1);
        return command;
    }

    /// <summary>The same with plugins that are started before and ended after it, whatever happens.</summary>
    public static Command Does(
        this Command command, GlobalOptions options, Argument<string> plugin,
        Func<ParseResult, Ensemble, CancellationToken, Task<bool>> action) =>
        command.Does((parsed, cancellationToken) =>
        {
            IReadOnlyList<PluginEntry> plugins = PluginsFile.Expand([parsed.GetRequiredValue(plugin)]);
            HostOptions quiet = options.Read(parsed, plugins) with { IsQuiet = true };
            return Ensemble.RunAsync(quiet, plugins, ensemble => action(parsed, ensemble, cancellationToken), cancellationToken);
        });

    /// <summary>Waits for Ctrl-C, which is how such a command is meant to end.</summary>
    public static async Task WaitForInterruptionAsync(CancellationToken cancellationToken)
    {
        Screen.ErrorLine("Ctrl-C ends it.", Styles.Quiet);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
