namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// A root folder with one program, and of the system only the libraries that it is linked with: as in the smallest container. No OpenSSL,
/// no files of users, hosts or time zones, no <c>/proc</c>.
/// </summary>
internal sealed class BareRoot : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private readonly string[] _command;

    private BareRoot(string program, string[] command)
    {
        _program = $"/{Path.GetFileName(program)}";
        _command = command;
    }

    /// <summary>Makes one; skips the test, loudly, where there is no way to change the root.</summary>
    public static async Task<BareRoot> CreateAsync(string program)
    {
        var root = new BareRoot(program, await FindCommandAsync());
        root.Copy(program, root._program);
        foreach (string library in await LibrariesAsync(program))
        {
            root.Copy(library, library);
        }

        return root;
    }

    /// <summary>Where a path within is on this machine.</summary>
    public string PathOf(string path) => _folder.File(path.TrimStart('/'));

    /// <summary>The files in it.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => file[_folder.Path.Length..]);

    /// <summary>Starts the program; its process is the one that is given back.</summary>
    public ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start(_command[0], [.. _command[1..], _folder.Path, _program, .. arguments]);

    public void Dispose() => _folder.Dispose();

    /// <summary>What a program is linked with, the loader too.</summary>
    private static async Task<IEnumerable<string>> LibrariesAsync(string program)
    {
        ProcessResult result = await ChildProcess.RunAsync("ldd", program);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Output
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/'));
    }

    // Only root may change the root; others are it in a namespace of their own, where the system lets them.
    private static async Task<string[]> FindCommandAsync()
    {
        foreach (string[] command in (string[][])[["chroot"], ["unshare", "--map-root-user", "chroot"]])
        {
            try
            {
                if ((await ChildProcess.RunAsync(command[0], [.. command[1..], "/", "/bin/true"])).ExitCode == 0)
                {
                    return command;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        MissingPeer.Report(
            "nothing here may change the root folder of a process, so that a machine without OpenSSL cannot be tried",
            "sysctl -w kernel.unprivileged_userns_clone=1");
        throw new InvalidOperationException("unreachable");
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to))!);
        File.Copy(from, PathOf(to));
    }
}
