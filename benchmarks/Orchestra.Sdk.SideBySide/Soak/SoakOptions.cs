using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>How long, and where the picture goes.</summary>
internal sealed record SoakOptions
{
    public int Minutes { get; init; } = 30;

    /// <summary>Null for none.</summary>
    public string? Chart { get; init; }

    /// <summary>What is done, by name, where a growth is looked for; all of it where this is empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public static SoakOptions Parse(ReadOnlySpan<string> options)
    {
        var parsed = new SoakOptions();
        for (; options is [var name, var text, ..]; options = options[2..])
        {
            parsed = name switch
            {
                "--minutes" => parsed with { Minutes = int.Parse(text, CultureInfo.InvariantCulture) },
                "--chart" => parsed with { Chart = text },
                "--only" => parsed with { Only = text.Split(',') },
                _ => throw new ArgumentException($"There is no option {name}."),
            };
        }

        return parsed;
    }
}
