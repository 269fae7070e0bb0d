using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>A line of a client, without its end. Its bytes are there until the next one is read.</summary>
/// <param name="bytes">The line, or the beginning of one that is too long.</param>
/// <param name="isTooLong">Whether it is longer than a message may be.</param>
internal sealed class Line(ReadOnlyMemory<byte> bytes, bool isTooLong)
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool IsTooLong => isTooLong;
}

/// <summary>Reads lines, none of them longer than a message may be. Memory grows with what the client sends.</summary>
/// <param name="stream">The client's.</param>
internal sealed class LineReader(Stream stream)
{
    private const int FirstBuffer = 16 * 1024;
    private const int KeptBuffer = 256 * 1024;
    private const int KeptBeginning = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // Not of a pool: a read that is given up may still write into it.
    private byte[] _buffer = new byte[FirstBuffer];

    // What was read and is not taken yet, and how much of it is known to have no line's end.
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>The next line; null at the end. Reads of standard input know no token, so that the wait for them is what ends.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take() is { } line)
            {
                return line;
            }

            if (_end - _start >= MessageFraming.MaxMessageSize)
            {
                return await SkipAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return TakeRest();
            }
        }
    }

    /// <summary>The next line; null where its end was not read yet.</summary>
    private Line? Take()
    {
        int at = _buffer.AsSpan(_start + _searched, _end - _start - _searched).IndexOf((byte)'\n');
        if (at < 0)
        {
            _searched = _end - _start;
            return null;
        }

        var line = new Line(Trim(_buffer.AsMemory(_start, _searched + at)), isTooLong: false);
        _start += _searched + at + 1;
        _searched = 0;
        return line;
    }

    /// <summary>What stands after the last line's end.</summary>
    private Line? TakeRest()
    {
        Memory<byte> rest = _buffer.AsMemory(_start, _end - _start);
        (_start, _end, _searched) = (0, 0, 0);
        return rest.IsEmpty ? null : new Line(Trim(rest), isTooLong: false);
    }

    /// <summary>Passes over the rest of a line that is too long.</summary>
    private async ValueTask<Line?> SkipAsync(CancellationToken cancellationToken)
    {
        var line = new Line(Trim(_buffer.AsMemory(_start, KeptBeginning).ToArray()), isTooLong: true);
        do
        {
            (_start, _end, _searched) = (0, 0, 0);
        }
        while (await FillAsync(cancellationToken).ConfigureAwait(false) && Take() is null);

        return line;
    }

    /// <returns>False at the end.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int count = await stream.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        int count = _end - _start;
        if (count == 0 && _buffer.Length > KeptBuffer)
        {
            _buffer = new byte[FirstBuffer];
        }
        else if (count == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * count);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, count).CopyTo(_buffer);
        }

        (_start, _end) = (0, count);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        if (line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
