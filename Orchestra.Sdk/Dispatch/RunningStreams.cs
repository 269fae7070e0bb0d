using System.Collections.Concurrent;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The streams of a peer that run, by their ids: it can cancel its own, on whichever exchange, and nobody else's.</summary>
internal sealed class RunningStreams
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _byId = new(StringComparer.Ordinal);

    /// <summary>False when there is one of that id. A stream without an id cannot be canceled by it.</summary>
    public bool TryAdd(string id, CancellationTokenSource cancellation) => id.Length == 0 || _byId.TryAdd(id, cancellation);

    public void Remove(string id, CancellationTokenSource cancellation) =>
        _byId.TryRemove(KeyValuePair.Create(id, cancellation));

    public Task CancelAsync(string id) =>
        _byId.TryGetValue(id, out CancellationTokenSource? cancellation) ? cancellation.CancelSafelyAsync() : Task.CompletedTask;
}
