using System.Diagnostics;
using Spectre.Console;

namespace Orchestra.Examples.Host.Text;

/// <summary>
/// Says on stderr what is being waited for: on a terminal with the time and the last step, and gone afterwards; elsewhere in lines.
/// </summary>
internal static class Waiting
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <param name="what">Such as <c>building examples/Greeter</c>.</param>
    /// <param name="action">What takes so long; it is given where to say how far it is.</param>
    public static async Task<T> ForAsync<T>(string what, Func<Action<string>, Task<T>> action)
    {
        if (Console.IsErrorRedirected)
        {
            await Console.Error.WriteLineAsync($"{what} …");
            return await action(step => Console.Error.WriteLine($"  {TerminalText.Clean(step)}"));
        }

        return await Screen.Error.Status().StartAsync(Markup.Escape(what), async context =>
        {
            var clock = Stopwatch.StartNew();
            string last = "";
            Task<T> running = action(step => last = step);
            while (await Task.WhenAny(running, Task.Delay(Tick)) != running)
            {
                string step = Markup.Escape(TerminalText.Clean(last));
                context.Status($"{Markup.Escape(what)} [dim]{clock.Elapsed.TotalSeconds:0} s  {step}[/]");
            }

            return await running;
        });
    }
}
