using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Binding;

/// <summary>Logs each tolerated form once a tool, at Debug.</summary>
internal static class ToleratedForms
{
    // More tools than any plugin has.
    private const int Limit = 10_000;

    // A plugin has one logger, so the memory of it lives as long as the plugin.
    private static readonly ConditionalWeakTable<ILogger, ConcurrentDictionary<(string Tool, Tolerance Form), bool>> Noted = [];

    public static void Note(ILogger logger, string tool, string? argument, Tolerance form)
    {
        if (!logger.IsEnabled(LogLevel.Debug))
        {
            return;
        }

        ConcurrentDictionary<(string Tool, Tolerance Form), bool> noted = Noted.GetValue(logger, static _ => new());
        if (noted.Count < Limit && noted.TryAdd((tool, form), true))
        {
            logger.FormTolerated(tool, Describe(form), argument ?? "an item of an array");
        }
    }

    private static string Describe(Tolerance form) => form switch
    {
        Tolerance.NameInWrongCase => "a name in the wrong case",
        Tolerance.ScalarAsString => "a number or boolean sent as a string",
        Tolerance.ArrayAsString => "an array sent as a string of JSON",
        Tolerance.ObjectAsString => "an object sent as a string of JSON",
        Tolerance.NumberForDigits => "a number sent for a string of digits",
        Tolerance.ScalarForString => "a number or boolean sent for a string",
        Tolerance.ItemForArray => "a single item sent for an array",
        Tolerance.FlagsAsString => "flags sent as one string",
        _ => "an empty string sent for what may be left out",
    };
}
