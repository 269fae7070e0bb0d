using Spectre.Console;

namespace Orchestra.Examples.Host.Text;

/// <summary>Says on stderr what is being waited for: on a terminal with what goes on, and gone afterwards; elsewhere in lines.</summary>
internal static class Waiting
{
    /// <param name="what">Such as <c>building examples/Greeter</c>.</param>
    /// <param name="action">What takes so long; it is given where to say how far it is.</param>
    public static async Task<T> ForAsync<T>(string what, Func<Action<string>, Task<T>> action)
    {
        if (Console.IsErrorRedirected)
        {
            await Console.Error.WriteLineAsync($"{what} …");
            return await action(step => Console.Error.WriteLine($"  {TerminalText.Clean(step)}"));
        }

        return await Screen.Error.Status().StartAsync(
            $"{Markup.Escape(what)} …",
            context => action(step => context.Status($"{Markup.Escape(what)} … [dim]{Markup.Escape(TerminalText.Clean(step))}[/]")));
    }
}
