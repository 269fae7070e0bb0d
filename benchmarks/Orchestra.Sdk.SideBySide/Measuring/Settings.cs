using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>How long and how often to measure.</summary>
internal sealed record Settings
{
    public int Rounds { get; init; } = 5;

    /// <summary>Of each series of calls.</summary>
    public int Seconds { get; init; } = 3;

    /// <summary>The length of the stream.</summary>
    public int Mebibytes { get; init; } = 256;

    /// <summary>That make a call a second each.</summary>
    public int Connections { get; init; } = 200;

    public static Settings Parse(ReadOnlySpan<string> options)
    {
        var settings = new Settings();
        for (; options is [var name, var text, ..]; options = options[2..])
        {
            int value = int.Parse(text, CultureInfo.InvariantCulture);
            settings = name switch
            {
                "--rounds" => settings with { Rounds = value },
                "--seconds" => settings with { Seconds = value },
                "--mebibytes" => settings with { Mebibytes = value },
                "--connections" => settings with { Connections = value },
                _ => throw new ArgumentException($"There is no option {name}."),
            };
        }

        return settings;
    }
}
