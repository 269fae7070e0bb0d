using System.Collections.Concurrent;

namespace Orchestra.Examples.Hosted;

/// <summary>The pages that are watched, and how each has answered last.</summary>
public sealed class WatchList
{
    private readonly ConcurrentDictionary<Uri, PageState?> _pages = new();

    public ICollection<Uri> Pages => _pages.Keys;

    public IReadOnlyList<PageState> States => [.. _pages.Values.OfType<PageState>()];

    public void Add(Uri page) => _pages.TryAdd(page, null);

    /// <summary>Notes an answer; whether it is another one than the last.</summary>
    public bool Note(PageState state)
    {
        PageState? last = _pages.GetValueOrDefault(state.Page);
        _pages[state.Page] = state;
        return last is not null && last != state;
    }
}
