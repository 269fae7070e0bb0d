using System.Text;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes.Storage;

/// <summary>Where an entry is, such as <c>notes/today.md</c>, and the file that it is kept in.</summary>
internal readonly record struct EntryPath
{
    private const string Extension = ".entry";
    private const int MaxFileName = 255;

    // Windows takes them for devices, whatever follows after a dot. Capitals and other characters are encoded anyway.
    private static readonly HashSet<string> Devices =
    [
        "con", "prn", "aux", "nul",
        .. Enumerable.Range(0, 10).SelectMany(number => (string[])[$"com{number}", $"lpt{number}"]),
    ];

    private EntryPath(string text, string fileName)
    {
        Text = text;
        FileName = fileName;
    }

    public string Text { get; }

    /// <summary>A name without any folder: whatever the path says, it cannot lead out of the data folder.</summary>
    public string FileName { get; }

    /// <exception cref="ToolException">It is none that is taken.</exception>
    public static EntryPath Parse(string path)
    {
        if (path.Length == 0 || path.Any(character => char.IsControl(character) || character == '\\'))
        {
            throw Refused(path, "it must be names with / between them");
        }

        if (path.Split('/').Any(name => name is "" or "." or ".."))
        {
            throw Refused(path, "its names must not be empty, . or ..");
        }

        string fileName = Encode(path) + Extension;
        return fileName.Length <= MaxFileName ? new EntryPath(path, fileName) : throw Refused(path, "it is too long");
    }

    /// <summary>The path that a file was made for; null for files of others.</summary>
    public static EntryPath? OfFile(string fileName)
    {
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        string path = Uri.UnescapeDataString(fileName[..^Extension.Length]);
        return path.Length > 0 && Encode(path) + Extension == fileName ? new EntryPath(path, fileName) : null;
    }

    public override string ToString() => Text;

    /// <summary>Capitals are encoded too: there are file systems that do not tell them from small letters.</summary>
    private static string Encode(string path)
    {
        var name = new StringBuilder();
        bool isDevice = Devices.Contains(path.Split('.')[0]);
        foreach (byte octet in Encoding.UTF8.GetBytes(path))
        {
            char character = (char)octet;
            bool isReserved = isDevice && name.Length == 0;
            if (isReserved)
            {
                name.Append('%').Append(Convert.ToHexString([octet]));
            }
            else if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-' or '_')
            {
                name.Append(character);
            }
            else
            {
                name.Append('%').Append(Convert.ToHexString([octet]));
            }
        }

        return name.ToString();
    }

    private static ToolException Refused(string path, string reason) =>
        new("invalid_path", $"The path \"{(path.Length <= MaxFileName ? path : path[..MaxFileName] + "…")}\" is not taken: {reason}.");
}
