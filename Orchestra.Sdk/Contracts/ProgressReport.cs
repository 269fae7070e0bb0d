using System.Globalization;

namespace Orchestra.Sdk;

/// <summary>
/// How far a tool is. A parameter of type <c>IProgress&lt;ProgressReport&gt;</c> of a tool method takes it; clients of MCP show it as a bar.
/// </summary>
/// <param name="Done">How much is done; more than in the report before.</param>
/// <param name="Total">How much there is to do; <see langword="null"/> where that is not known.</param>
/// <param name="Text">What is being done; <see langword="null"/> to say nothing.</param>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Read all files of a folder.&lt;/summary&gt;
/// /// &lt;param name="folder"&gt;The folder.&lt;/param&gt;
/// [Tool]
/// public static long ReadAll(string folder, IProgress&lt;ProgressReport&gt; progress)
/// {
///     string[] files = Directory.GetFiles(folder);
///     long bytes = 0;
///     for (int i = 0; i &lt; files.Length; i++)
///     {
///         progress.Report(new ProgressReport(i, files.Length, files[i]));
///         bytes += new FileInfo(files[i]).Length;
///     }
///
///     return bytes;
/// }
/// </code>
/// </example>
public sealed record ProgressReport(double Done, double? Total = null, string? Text = null)
{
    /// <summary>The report as traces and the log have it.</summary>
    /// <returns>The text, such as <c>3/10: reading b.txt</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Done}{(Total is { } total ? $"/{total}" : "")}{(Text is null ? "" : ": ")}{Text}");
}
