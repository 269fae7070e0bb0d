using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>Gathers the answers to the requests of a batch, which go out as one array.</summary>
/// <param name="output">Where they go.</param>
/// <param name="expected">How many there will be.</param>
internal sealed class BatchAnswers(IMessageSink output, int expected) : IMessageSink
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingLine> _answers = [];
    private int _expected = expected;

    public ValueTask SendAsync(OutgoingLine line) => TakeAsync(line);

    public ValueTask SkipAsync() => TakeAsync(null);

    private ValueTask TakeAsync(OutgoingLine? line)
    {
        lock (_gate)
        {
            if (line is not null)
            {
                _answers.Add(line);
            }

            if (--_expected > 0)
            {
                return ValueTask.CompletedTask;
            }
        }

        return SendAsync();
    }

    private async ValueTask SendAsync()
    {
        long length = 0;
        foreach (OutgoingLine answer in _answers)
        {
            length += answer.Memory.Length;
        }

        if (length <= MessageFraming.MaxMessageSize)
        {
            if (_answers.Count > 0)
            {
                await output.SendAsync(OutgoingLine.Array(_answers)).ConfigureAwait(false);
            }

            return;
        }

        // No message may be so long; each of them is one, too.
        foreach (OutgoingLine answer in _answers)
        {
            await output.SendAsync(answer).ConfigureAwait(false);
        }
    }
}
