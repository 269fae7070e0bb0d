namespace Orchestra.Sdk.Tests.Support;

/// <summary>Turns a hang into a failure.</summary>
internal static class HangGuard
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task Guarded(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Guarded<T>(this Task<T> task) => task.WaitAsync(Limit);
}
