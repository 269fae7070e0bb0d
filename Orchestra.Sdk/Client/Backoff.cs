namespace Orchestra.Sdk.Client;

/// <summary>
/// How long to wait before each attempt to connect: twice as long as before the one before, up to a limit. Of that a random part of
/// up to a half is left out, so that the plugins of an orchestrator that comes back do not all come at once.
/// </summary>
/// <param name="initial">The wait before the first attempt.</param>
/// <param name="max">The longest wait.</param>
/// <param name="random">A number from 0 to 1.</param>
internal sealed class Backoff(TimeSpan initial, TimeSpan max, Func<double> random)
{
    private int _attempts;

    public TimeSpan Next()
    {
        double whole = Math.Min(initial.TotalSeconds * Math.Pow(2, _attempts++), max.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (1 - (random() / 2)));
    }

    public void Reset() => _attempts = 0;
}
