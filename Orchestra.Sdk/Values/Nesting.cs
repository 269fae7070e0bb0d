using System.Globalization;

namespace Orchestra.Sdk.Values;

/// <summary>
/// How deep the values of a message may nest, both ways: deep enough for a tree of 64 nodes, each an object with a list, and far from
/// what a thread's stack holds.
/// </summary>
internal static class Nesting
{
    /// <summary>The most objects and arrays within one another, below the object that all arguments or results are members of.</summary>
    public const int MaxLevels = 128;

    /// <summary>The most protobuf messages within one another: an object is three, and there are a few around the values.</summary>
    public const int MaxMessages = (3 * (MaxLevels + 1)) + 16;

    /// <summary>The levels that protobuf reads with the limit that it has by itself, 100 messages.</summary>
    public const int PlainLevels = 30;

    public static string TooDeep(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"the {what} nests more than {MaxLevels} objects and arrays within one another");
}
