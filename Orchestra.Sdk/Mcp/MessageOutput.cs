using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// Where messages go out, one write each, in the order in which they come. They wait in a queue with a bound: a client that reads slowly
/// makes those wait that have more to say.
/// </summary>
/// <param name="stream">The client's.</param>
internal sealed class MessageOutput(Stream stream) : IMessageSink
{
    /// <summary>How many bytes may wait before whoever sends more waits too.</summary>
    private const int MaxWaiting = 1 << 20;

    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Queue<OutgoingLine> _lines = new();
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _empty;
    private int _waiting;
    private bool _writing;

    /// <summary>Completes when the client takes no more messages.</summary>
    public Task Broken => _broken.Task;

    /// <summary>Sends a message, and disposes of it. It may be under way yet when this ends. Never throws.</summary>
    public ValueTask SendAsync(OutgoingLine line)
    {
        Task? room = null;
        lock (_gate)
        {
            if (Broken.IsCompleted)
            {
                line.Dispose();
                return ValueTask.CompletedTask;
            }

            _lines.Enqueue(line);
            _waiting += line.Memory.Length;
            if (_writing)
            {
                if (_waiting <= MaxWaiting)
                {
                    return ValueTask.CompletedTask;
                }

                room = (_room ??= New()).Task;
            }

            _writing = true;
        }

        return new ValueTask(room ?? WriteAllAsync());
    }

    public ValueTask SkipAsync() => ValueTask.CompletedTask;

    /// <summary>Ends when no message waits any more.</summary>
    public Task WhenEmpty()
    {
        lock (_gate)
        {
            return _writing ? (_empty ??= New()).Task : Task.CompletedTask;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAllAsync()
    {
        while (Next() is { } line)
        {
            try
            {
                await stream.WriteAsync(line.Memory).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
                Instruments.Sent(line.Memory.Length);
            }
            catch (Exception)
            {
                // Whatever it is: there is no other way to the client.
                _broken.TrySetResult();
            }
            finally
            {
                line.Dispose();
            }
        }
    }

    /// <summary>The next message to write; null when there is none.</summary>
    private OutgoingLine? Next()
    {
        TaskCompletionSource? room = null;
        TaskCompletionSource? empty = null;
        OutgoingLine? line;
        lock (_gate)
        {
            while (Broken.IsCompleted && _lines.TryDequeue(out OutgoingLine? lost))
            {
                _waiting -= lost.Memory.Length;
                lost.Dispose();
            }

            if (_lines.TryDequeue(out line))
            {
                _waiting -= line.Memory.Length;
            }
            else
            {
                _writing = false;
                (empty, _empty) = (_empty, null);
            }

            if (_waiting <= MaxWaiting)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.SetResult();
        empty?.SetResult();
        return line;
    }
}
