namespace Orchestra.Examples.TaskNotes;

/// <summary>A part of a list.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="NextOffset">The offset of the next page; none after the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int? NextOffset);

/// <summary>What a list tells of a note.</summary>
/// <param name="Id">What the other tools know it by.</param>
/// <param name="Title">Its title.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Pinned">Whether it stands first.</param>
public sealed record NoteSummary(string Id, string Title, IReadOnlyList<string> Tags, bool Pinned);

internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    public static Page<T> ToPage<T>(this IReadOnlyList<T> all, int limit, int offset)
    {
        T[] items = [.. all.Skip(offset).Take(limit)];
        int end = offset + items.Length;
        return new Page<T>(items, all.Count, end < all.Count && items.Length > 0 ? end : null);
    }
}
