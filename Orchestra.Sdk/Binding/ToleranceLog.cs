using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Binding;

/// <summary>The forms of an argument that models send by mistake and that are taken nevertheless.</summary>
internal enum Tolerance
{
    /// <summary>The argument's name in the wrong case.</summary>
    NameInWrongCase,

    /// <summary>A number or a boolean as a string.</summary>
    ScalarAsString,

    /// <summary>An array as a string of JSON.</summary>
    ArrayAsString,

    /// <summary>An object as a string of JSON.</summary>
    ObjectAsString,

    /// <summary>A number where a string of digits is asked for.</summary>
    NumberForDigits,

    /// <summary>A number or a boolean where a string is asked for.</summary>
    ScalarForString,

    /// <summary>A single item where an array is asked for.</summary>
    ItemForArray,

    /// <summary>The names of flags in one string, with commas between them.</summary>
    FlagsAsString,

    /// <summary>An empty string for what may be left out and is no string.</summary>
    EmptyForAbsent,
}

/// <summary>Logs each tolerated form once a tool, at Debug.</summary>
internal static partial class ToleranceLog
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
            string what = Describe(form);
            Write(logger, tool, what, argument ?? "an item of an array");
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Tool {Tool} took {Form}, first seen at {Argument}. Logged once a tool.")]
    private static partial void Write(ILogger logger, string tool, string form, string argument);
}
