using System.Runtime.InteropServices;

namespace Orchestra.Sdk;

/// <summary>
/// Turns the first signal that asks for an end into a canceled token. What comes within a second after it is the same wish, since process
/// groups and terminals send several; a later one ends the process as usual.
/// </summary>
internal sealed class ShutdownSignals : IDisposable
{
    /// <summary>Windows kills the process when this handler returns, and anyway after 5 seconds.</summary>
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    // Neither is disposed of: a signal may be under way when the registrations are.
    private readonly CancellationTokenSource _source = new();
    private readonly ManualResetEventSlim _isOver = new();

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenRegistration _outer;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private long? _first;

    public ShutdownSignals(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _timeProvider = timeProvider;
        _outer = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Register(PosixSignal.SIGINT, OnSignal);
        Register(PosixSignal.SIGTERM, OnSignal);
        if (OperatingSystem.IsWindows())
        {
            // CTRL_BREAK, which is all that a process can send to a group, and CTRL_CLOSE.
            Register(PosixSignal.SIGQUIT, OnSignal);
            Register(PosixSignal.SIGHUP, OnClose);
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _isOver.Set();
        _outer.Dispose();
        _registrations.ForEach(static registration => registration.Dispose());
    }

    /// <returns>Whether the signal is taken care of.</returns>
    internal bool Take()
    {
        bool isFirst;
        lock (_lock)
        {
            isFirst = _first is null;
            _first ??= _timeProvider.GetTimestamp();
        }

        if (isFirst)
        {
            _source.Cancel();
        }

        return isFirst || _timeProvider.GetElapsedTime(_first.Value) < SameSignal;
    }

    private void Register(PosixSignal signal, Action<PosixSignalContext> handler) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, handler));

    private void OnSignal(PosixSignalContext context)
    {
        if (Take())
        {
            context.Cancel = true;
        }
    }

    private void OnClose(PosixSignalContext context)
    {
        OnSignal(context);
        _isOver.Wait(LongestClose);
    }
}
