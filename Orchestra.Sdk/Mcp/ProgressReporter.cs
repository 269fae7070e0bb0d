using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// Tells a client how far its call is, under the token that it gave: a rising number, at most ten times a second, and never after the
/// answer. What comes too fast, or while the client takes nothing, is left out.
/// </summary>
/// <param name="request">The call, which has a token.</param>
/// <param name="output">Where to tell it.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ProgressReporter(McpRequest request, MessageOutput output, TimeProvider timeProvider) : IProgress<object?>
{
    private const int MaxText = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Task _sending = Task.CompletedTask;
    private double _done;
    private long? _last;
    private bool _closed;

    public void Report(object? value)
    {
        lock (_gate)
        {
            double done = value is ProgressReport report ? report.Done : _done + 1;
            if (!double.IsFinite(done) || done <= _done || _closed)
            {
                return;
            }

            _done = done;
            if (request.IsEnded
                || !_sending.IsCompleted
                || (_last is { } last && timeProvider.GetElapsedTime(last) < Interval))
            {
                return;
            }

            _last = timeProvider.GetTimestamp();
            OutgoingLine line = Line(done, value);

            // Not on the tool's thread: a client that does not read would keep it.
            _sending = Task.Run(() => output.SendAsync(line).AsTask());
        }
    }

    /// <summary>Ends the reports: once this ends, none is sent any more.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            return _sending;
        }
    }

    private OutgoingLine Line(double done, object? value)
    {
        var report = value as ProgressReport;
        var line = OutgoingLine.Notification("notifications/progress"u8);
        line.Json.WritePropertyName("progressToken"u8);
        request.Meta.ProgressToken!.Value.Write(line.Json);
        line.Json.WriteNumber("progress"u8, done);
        if (report?.Total is { } total && double.IsFinite(total))
        {
            line.Json.WriteNumber("total"u8, total);
        }

        if ((report is null ? TextOf(value) : report.Text) is { Length: > 0 } text)
        {
            line.Json.WriteString("message"u8, Shorten(text));
        }

        return line.End();
    }

    private static string? TextOf(object? value) => value switch
    {
        Value json => System.Text.Encoding.UTF8.GetString(JsonBytes.Of(json).Span),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    // Not through a character of two.
    private static string Shorten(string text) => text.Length <= MaxText
        ? text
        : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)] + "…";
}
