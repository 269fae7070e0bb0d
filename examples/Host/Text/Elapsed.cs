using System.Globalization;

namespace Orchestra.Examples.Host.Text;

/// <summary>Times as people say them.</summary>
internal static class Elapsed
{
    public static string Text(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
