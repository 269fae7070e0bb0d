using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>
/// Exceptions of the plugin's code where nobody waits for it, such as on threads of its own. They end a process, which would cost every
/// other call that runs in it. Those of <c>async void</c> methods come here too, but for native binaries: there nothing is asked first.
/// </summary>
internal static class UnhandledExceptions
{
    private static ILogger? _logger;

    /// <summary>Has them logged, and the process go on; unless the program has a handler for them already.</summary>
    public static void LogTo(ILogger logger)
    {
        if (Interlocked.Exchange(ref _logger, logger) is not null)
        {
            return;
        }

        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(static exception =>
            {
                Volatile.Read(ref _logger)!.Unhandled(exception);
                return true;
            });
        }
        catch (InvalidOperationException)
        {
            // The program's own handler knows better.
        }
    }
}
