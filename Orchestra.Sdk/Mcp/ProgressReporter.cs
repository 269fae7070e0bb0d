using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// Tells a client how far its call is, under the token that it gave: a rising number, at most ten times a second, and never after the
/// answer. What comes too fast is left out; of what comes while the client takes nothing, all but the last.
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
    private bool _isSending;
    private OutgoingLine? _next;
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
            if (_last is { } last && timeProvider.GetElapsedTime(last) < Interval)
            {
                return;
            }

            _last = timeProvider.GetTimestamp();
            _next?.Dispose();
            _next = Line(done, value);
            if (!_isSending)
            {
                // Not on the tool's thread: a client that does not read would keep it.
                _isSending = true;
                _sending = Task.Run(SendAllAsync);
            }
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

    private async Task SendAllAsync()
    {
        while (true)
        {
            OutgoingLine? line;
            lock (_gate)
            {
                (line, _next) = (_next, null);
                _isSending = line is not null;
            }

            if (line is null)
            {
                return;
            }

            if (request.IsEnded)
            {
                line.Dispose();
            }
            else
            {
                await output.SendAsync(line).ConfigureAwait(false);
            }
        }
    }

    private OutgoingLine Line(double done, object? value)
    {
        var report = value as ProgressReport;
        var line = OutgoingLine.Notification("notifications/progress"u8);
        line.Json.WritePropertyName("progressToken"u8);
        request.Meta.ProgressToken!.Write(line.Json);
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
