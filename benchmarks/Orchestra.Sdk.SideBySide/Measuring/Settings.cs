using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>How long and how often to measure.</summary>
internal sealed record Settings
{
    public int Rounds { get; init; } = 5;

    /// <summary>Of each series.</summary>
    public int Seconds { get; init; } = 3;

    /// <summary>The folder of the pages and pictures that take the figures; null to print them only.</summary>
    public string? Docs { get; init; }

    public static Settings Parse(ReadOnlySpan<string> options)
    {
        var settings = new Settings();
        for (; options is [var name, var text, ..]; options = options[2..])
        {
            settings = name switch
            {
                "--rounds" => settings with { Rounds = int.Parse(text, CultureInfo.InvariantCulture) },
                "--seconds" => settings with { Seconds = int.Parse(text, CultureInfo.InvariantCulture) },
                "--docs" => settings with { Docs = text },
                _ => throw new ArgumentException($"There is no option {name}."),
            };
        }

        return settings;
    }
}
