using System.ComponentModel.DataAnnotations;

namespace Orchestra.Sdk.BenchPlugin;

/// <summary>What a plugin is measured by.</summary>
[Plugin("tools.bench", Version = "0.1.0")]
public partial class Bench
{
    /// <summary>Gives a text back.</summary>
    /// <param name="text">The text.</param>
    [Tool]
    public static string Echo(string text) => text;

    /// <summary>Streams bytes.</summary>
    /// <param name="chunks">How many chunks.</param>
    /// <param name="size">How many bytes in each.</param>
    [StreamingTool]
    public static async IAsyncEnumerable<byte[]> Count([Range(0, int.MaxValue)] int chunks, [Range(1, 1 << 20)] int size)
    {
        await Task.CompletedTask;
        byte[] data = new byte[size];
        for (int i = 0; i < chunks; i++)
        {
            yield return data;
        }
    }
}
