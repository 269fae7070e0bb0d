using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>How often each system call was made, by what strace wrote so far.</summary>
internal sealed partial class SystemCalls
{
    private static readonly HashSet<string> OfSocket = ["recvfrom", "recvmsg", "recvmmsg", "sendto", "sendmsg", "sendmmsg"];

    // How often threads wait for each other depends on how they meet, and so on the machine.
    private static readonly HashSet<string> OfWaiting = ["futex", "sched_yield"];

    private readonly Dictionary<string, int> _counts;

    private SystemCalls(Dictionary<string, int> counts) => _counts = counts;

    /// <summary>That send and receive.</summary>
    public int OnSocket => _counts.Sum(static count => OfSocket.Contains(count.Key) ? count.Value : 0);

    /// <summary>All others but those that wait.</summary>
    public int Others => _counts.Sum(static count => OfSocket.Contains(count.Key) || OfWaiting.Contains(count.Key) ? 0 : count.Value);

    public int Threads => _counts.GetValueOrDefault("clone3") + _counts.GetValueOrDefault("clone");

    public static async Task<SystemCalls> OfAsync(string trace) => new(CountIn(await File.ReadAllTextAsync(trace)));

    /// <summary>Up to the line that says that the plugin is ready.</summary>
    public static async Task<SystemCalls> BeforeReadyAsync(string trace)
    {
        string text = await File.ReadAllTextAsync(trace);
        return new(CountIn(text[..text.IndexOf("\"READY ", StringComparison.Ordinal)]));
    }

    /// <summary>Those that were made since.</summary>
    public SystemCalls Since(SystemCalls earlier) =>
        new(_counts.ToDictionary(static count => count.Key, count => count.Value - earlier._counts.GetValueOrDefault(count.Key)));

    /// <summary>The most frequent ones that count, with how often each was made for one of so many calls.</summary>
    public string Text(int calls) => string.Join(
        ", ",
        _counts.Where(static count => !OfWaiting.Contains(count.Key)).OrderByDescending(static count => count.Value).Take(8)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value / (double)calls:0.###}")));

    private static Dictionary<string, int> CountIn(string trace) =>
        Line().Matches(trace).CountBy(static match => match.Groups[1].Value).ToDictionary();

    // One that another thread interrupted is resumed in a line of its own, which begins otherwise.
    [GeneratedRegex(@"^\d+ +(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Line();
}
