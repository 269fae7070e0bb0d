using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// Writes lines to a stream that may block for ever, which a pipe that nobody reads does, without ever blocking its callers:
/// lines wait in a bounded queue for a thread of their own, and what does not fit is dropped and counted.
/// </summary>
/// <remarks>
/// The thread is there from the first line that has to wait. Up to the first required line, which is READY, that is one that the stream
/// would not take at once: a thread costs more than all else that is done until then.
/// </remarks>
internal sealed class LogWriter : IDisposable
{
    public const int DefaultCapacity = 1024;
    public const int MaxLineLength = 4096;

    private const string CutMark = "… (cut)";
    private const int ThreadStackSize = 128 * 1024;
    private const int BatchSize = 16 * 1024;

    private readonly Stream _destination;
    private readonly int _capacity;
    private readonly StringBuilder _batch = new();
    private readonly Queue<(string Text, bool IsRequired)> _lines = new();

    private readonly TaskCompletionSource _requiredLineLost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // An object and not a Lock, because the thread waits on it.
    private readonly object _gate = new();

    private long _dropped;
    private long _reported;
    private Func<bool>? _takesAtOnce;
    private bool _hasThread;
    private int _batchCount;
    private bool _writing;
    private bool _writingRequired;
    private bool _failing;
    private bool _closed;

    /// <param name="destination">Where the lines go.</param>
    /// <param name="takesAtOnce">Whether it would take one without blocking; null where that is not known.</param>
    /// <param name="capacity">How many lines may wait.</param>
    public LogWriter(Stream destination, Func<bool>? takesAtOnce = null, int capacity = DefaultCapacity)
    {
        _destination = destination;
        _takesAtOnce = takesAtOnce;
        _capacity = capacity;
    }

    /// <summary>How many lines were lost so far.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                return _dropped;
            }
        }
    }

    /// <summary>Completes when a line that others wait for could not be written.</summary>
    public Task RequiredLineLost => _requiredLineLost.Task;

    /// <summary>Gets the same lines.</summary>
    public LogWriter? Copy { get; init; }

    /// <summary>What is said of lines that were lost.</summary>
    public string WhyLost { get; init; } = "standard error was not read";

    /// <summary>Queues a line, or drops it when the queue is full.</summary>
    public void WriteLine(ReadOnlySpan<char> line)
    {
        Copy?.WriteLine(line);
        lock (_gate)
        {
            if (_closed || _lines.Count >= _capacity)
            {
                _dropped++;
                return;
            }

            // Before the first line that fits again, so that the gap shows where it is.
            ReportDropped();
            _lines.Enqueue((Cut(line), false));
            if (!TakeAtOnce())
            {
                return;
            }
        }

        WriteBatch();
    }

    /// <summary>
    /// Queues a line that must not be lost, even when the queue is full. For the few lines that others wait for.
    /// </summary>
    public void WriteRequiredLine(string line)
    {
        Copy?.WriteRequiredLine(line);
        lock (_gate)
        {
            _lines.Enqueue((line, true));
            bool isTaken = TakeAtOnce();
            _takesAtOnce = null;
            if (!isTaken)
            {
                return;
            }
        }

        WriteBatch();
    }

    /// <summary>Waits until everything is written, but no longer than <paramref name="timeout"/>.</summary>
    /// <returns>False when something is left.</returns>
    public bool Flush(TimeSpan timeout)
    {
        // Usually the quicker one; each gets the whole time.
        bool isCopied = Copy?.Flush(timeout) ?? true;
        long start = TimeProvider.System.GetTimestamp();
        lock (_gate)
        {
            while (_writing || _lines.Count > 0 || (_reported != _dropped && !_failing))
            {
                TimeSpan left = timeout - TimeProvider.System.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return false;
                }
            }

            return isCopied;
        }
    }

    /// <summary>Takes no more lines and ends the thread once the others are written; does not wait for that.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private static string Cut(ReadOnlySpan<char> line) =>
        line.Length <= MaxLineLength ? line.ToString() : string.Concat(line[..(MaxLineLength - CutMark.Length)], CutMark);

    /// <summary>Takes what waits for the caller to write, if it would not block; else a thread has it.</summary>
    private bool TakeAtOnce()
    {
        if (!_hasThread && !_writing && _takesAtOnce?.Invoke() == true)
        {
            TakeBatch();
            return true;
        }

        if (!_hasThread)
        {
            _hasThread = true;
            new Thread(Drain, ThreadStackSize) { IsBackground = true, Name = "Orchestra log" }.Start();
        }

        Monitor.PulseAll(_gate);
        return false;
    }

    private void Drain()
    {
        while (WaitForBatch())
        {
            WriteBatch();
        }
    }

    /// <summary>Waits for lines and takes some; false at the end of all.</summary>
    private bool WaitForBatch()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_lines.Count == 0 && !_failing)
                {
                    ReportDropped();
                }

                if (_lines.Count > 0 && !_writing)
                {
                    TakeBatch();
                    return true;
                }

                if (_closed && !_writing)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Moves some lines to the batch, which is then the caller's until it has written it.</summary>
    private void TakeBatch()
    {
        _batch.Clear();
        _batchCount = 0;
        _writingRequired = false;
        while (_batch.Length < BatchSize && _lines.TryDequeue(out (string Text, bool IsRequired) line))
        {
            _batch.Append(line.Text).Append('\n');
            _writingRequired |= line.IsRequired;
            _batchCount++;
        }

        _writing = true;
    }

    private void WriteBatch()
    {
        bool failed = false;
        try
        {
            _destination.Write(Encoding.UTF8.GetBytes(_batch.ToString()));
            _destination.Flush();
        }
        catch (Exception)
        {
            // Whatever it was: losing the log must not stop the plugin, as an exception on its thread would.
            failed = true;
        }

        if (failed && _writingRequired)
        {
            _requiredLineLost.TrySetResult();
        }

        lock (_gate)
        {
            _failing = failed;
            _dropped += failed ? _batchCount : 0;
            _writing = false;
            Monitor.PulseAll(_gate);
        }
    }

    private void ReportDropped()
    {
        long lost = _dropped - _reported;
        if (lost > 0)
        {
            _reported = _dropped;
            _lines.Enqueue((string.Create(
                CultureInfo.InvariantCulture, $"({lost} log lines dropped: {WhyLost})"), false));
        }
    }
}
