using System.Text;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// Stands in for the console's writers, so that user code that prints can neither block nor break the protocol.
/// </summary>
internal sealed class LogTextWriter(LogWriter log) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            while (buffer.IndexOf('\n') is var end and >= 0)
            {
                Append(buffer[..end]);
                EndLine();
                buffer = buffer[(end + 1)..];
            }

            Append(buffer);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                if (_line.Length > 0)
                {
                    EndLine();
                }
            }
        }

        base.Dispose(disposing);
    }

    private void Append(ReadOnlySpan<char> part)
    {
        // One more than the limit is enough for the log to see that the line was cut.
        int room = LogWriter.MaxLineLength + 1 - _line.Length;
        _line.Append(part.Length <= room ? part : part[..room]);
    }

    private void EndLine()
    {
        log.WriteLine(_line.ToString().AsSpan().TrimEnd('\r'));
        _line.Clear();
    }
}
