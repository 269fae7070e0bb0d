using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Certificates;

/// <summary>Whose a file is, for those that this user may not read or write: often root's, who ran the plugin once. Known on Linux.</summary>
internal static partial class FileOwner
{
    private const string Users = "/etc/passwd";
    private const int RelativeToWorkingDirectory = -100;
    private const int OfUser = 0x8;

    /// <summary>What to do about a file that another user has, to be put behind what is wrong with it; empty where it is not that.</summary>
    /// <param name="path">A file, which need not be there, of the directory.</param>
    /// <param name="directory">The directory of the certificates.</param>
    public static string Advice(string path, string directory)
    {
        if (!OperatingSystem.IsLinux() || (Find(path) ?? Find(directory)) is not var (file, owner))
        {
            return "";
        }

        uint self = GetEffectiveUser();
        return owner == self ? "" : Advice(file, NameOf(owner, Users), NameOf(self, Users), directory);
    }

    internal static string Advice(string file, string owner, string self, string directory) =>
        $": {file} belongs to {owner}, and this process runs as {self}. " +
        $"Run: sudo chown -R {self} '{directory}', or name another directory with --certs-dir";

    /// <summary>The user's name, or the number, which commands take as well.</summary>
    internal static string NameOf(uint user, string users)
    {
        string number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            foreach (string line in File.ReadLines(users))
            {
                if (line.Split(':') is [var name, _, var id, ..] && id == number)
                {
                    return name;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There are none.
        }

        return number;
    }

    /// <summary>The number of the user that a file belongs to; null where that cannot be known.</summary>
    internal static unsafe uint? Of(string path)
    {
        var status = default(ExtendedStatus);
        return GetStatus(RelativeToWorkingDirectory, path, flags: 0, OfUser, &status) == 0 && (status.Mask & OfUser) != 0 ? status.User : null;
    }

    private static (string Path, uint Owner)? Find(string path) => Of(path) is { } owner ? (path, owner) : null;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    // Its structure is the same on all processors.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int GetStatus(int directory, string path, int flags, uint mask, ExtendedStatus* status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct ExtendedStatus
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(20)]
        public uint User;
    }
}
