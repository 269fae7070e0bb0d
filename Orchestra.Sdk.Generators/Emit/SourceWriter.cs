using System;
using System.Text;
using System.Threading;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Writes indented C#.</summary>
/// <param name="cancellationToken">Ends it before the next brace.</param>
internal sealed class SourceWriter(CancellationToken cancellationToken)
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _indentation * 4).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>An opening brace, to be closed by <see cref="Close"/>.</summary>
    public void Open(string header)
    {
        Line(header);
        Open();
    }

    public void Open()
    {
        cancellationToken.ThrowIfCancellationRequested();
        Line("{");
        _indentation++;
    }

    public void Close(string suffix = "")
    {
        _indentation--;
        Line("}" + suffix);
    }

    /// <summary>Lines one level further in.</summary>
    public void Indented(Action write)
    {
        _indentation++;
        write();
        _indentation--;
    }

    public override string ToString() => _text.ToString();
}
