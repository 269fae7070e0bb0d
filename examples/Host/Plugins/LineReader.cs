namespace Orchestra.Examples.Host.Plugins;

/// <summary>Reads lines of a limited length, so that a plugin that never ends its line cannot fill the host's memory.</summary>
internal static class LineReader
{
    private const int MaxLength = 8 * 1024;

    /// <summary>All lines; one that is too long comes in pieces.</summary>
    public static async IAsyncEnumerable<string> ReadLinesAsync(TextReader reader)
    {
        char[] buffer = new char[MaxLength];
        int length = 0;
        while (await reader.ReadAsync(buffer.AsMemory(length)) is int read and > 0)
        {
            length += read;
            int start = 0;
            while (Array.IndexOf(buffer, '\n', start, length - start) is int end and >= 0)
            {
                yield return new string(buffer, start, end - start).TrimEnd('\r');
                start = end + 1;
            }

            if (start == 0 && length == MaxLength)
            {
                yield return new string(buffer);
                start = MaxLength;
            }

            length -= start;
            Array.Copy(buffer, start, buffer, 0, length);
        }

        if (length > 0)
        {
            yield return new string(buffer, 0, length);
        }
    }
}
