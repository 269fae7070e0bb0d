using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What a publish with <c>OrchestraAsset</c> leaves for the installer: the package's targets, on a folder that looks published.</summary>
[Category("Process")]
public sealed class ReleaseAssetTests
{
    private const UnixFileMode Mode0755 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // A whole number of an archive's blocks, and one that is not.
    private static readonly byte[] WholeBlocks = RandomNumberGenerator.GetBytes(4096);
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(70_001);

    [TestCase("linux-x64", "greeter", "greeter-linux-amd64.tar.gz")]
    [TestCase("linux-arm64", "greeter", "greeter-linux-arm64.tar.gz")]
    [TestCase("osx-arm64", "greeter", "greeter-darwin-arm64.tar.gz")]
    [TestCase("win-x64", "greeter.exe", "greeter-windows-amd64.tar.gz")]
    public async Task Is_one_file_of_the_plugins_name_and_its_checksum(string runtime, string binary, string asset)
    {
        using var folder = new TemporaryFolder();
        byte[] content = runtime == "linux-x64" ? WholeBlocks : Content;
        await WriteAsync(folder, runtime, (binary, content), ("greeter.pdb", [1]), ("greeter.dbg", [2]), ("greeter.xml", [3]));

        ProcessResult result = await RunAsync(folder);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        string path = folder.File($"artifacts/{asset}");
        Assert.That(
            await File.ReadAllTextAsync($"{path}.sha256"),
            Is.EqualTo($"{Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)))}  {asset}\n"));
        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        TarEntry entry = (await tar.GetNextEntryAsync(copyData: true))!;
        Assert.That(
            (entry.Name, entry.EntryType, entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime),
            Is.EqualTo(("greeter", TarEntryType.RegularFile, Mode0755, 0, 0, DateTimeOffset.UnixEpoch)));
        using var unpacked = new MemoryStream();
        await entry.DataStream!.CopyToAsync(unpacked);
        Assert.That(unpacked.ToArray(), Is.EqualTo(content));
        Assert.That(await tar.GetNextEntryAsync(), Is.Null);
    }

    [Test]
    public async Task Is_the_same_for_the_same_binary()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "linux-x64", ("greeter", Content));
        await RunAsync(folder);
        string asset = folder.File("artifacts/greeter-linux-amd64.tar.gz");
        byte[] first = await File.ReadAllBytesAsync(asset);
        File.SetLastWriteTimeUtc(folder.File("publish/greeter"), DateTime.UnixEpoch.AddYears(50));

        await RunAsync(folder);

        Assert.That(await File.ReadAllBytesAsync(asset), Is.EqualTo(first));
    }

    [Test]
    public async Task Is_refused_where_the_binary_needs_a_second_file()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "linux-x64", ("greeter", Content), ("libe_sqlite3.so", [1]), ("sub/settings.json", [2]));

        ProcessResult result = await RunAsync(folder);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Match("beside greeter: (libe_sqlite3.so, sub/settings.json|sub/settings.json, libe_sqlite3.so)\\."));
        Assert.That(Directory.Exists(folder.File("artifacts")), Is.False);
    }

    [TestCase("linux-x64", "false", "set <PublishAot>true</PublishAot>")]
    [TestCase("browser-wasm", "true", "There is no release asset for 'browser-wasm'")]
    public async Task Is_refused_where_the_installer_could_not_run_it(string runtime, string isNative, string reason)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, runtime, ("greeter", Content));

        ProcessResult result = await RunAsync(folder, $"-p:PublishAot={isNative}");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain(reason));
    }

    [Test]
    public async Task Is_not_made_of_a_project_that_is_not_published()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "linux-x64", ("greeter", Content));

        ProcessResult result = await RunAsync(folder, "-p:IsPublishable=false", "-p:PublishAot=false", "-p:OrchestraBundle=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Directory.Exists(folder.File("artifacts")), Is.False);
    }

    private static async Task WriteAsync(TemporaryFolder folder, string runtime, params (string Name, byte[] Content)[] published)
    {
        foreach ((string name, byte[] content) in published)
        {
            string path = folder.File($"publish/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content);
        }

        await File.WriteAllTextAsync(folder.File("Test.proj"), $"""
            <Project>
              <PropertyGroup>
                <AssemblyName>greeter</AssemblyName>
                <RuntimeIdentifier>{runtime}</RuntimeIdentifier>
                <PublishAot>true</PublishAot>
                <PublishDir>publish/</PublishDir>
                <OrchestraAsset>true</OrchestraAsset>
              </PropertyGroup>
              <Target Name="Publish" />
              <Import Project="{Path.Combine(Repository.Root, "Orchestra.Sdk", "build", "Orchestra.Sdk.targets")}" />
            </Project>
            """);
    }

    private static Task<ProcessResult> RunAsync(TemporaryFolder folder, params string[] properties) =>
        ChildProcess.RunAsync("dotnet", ["msbuild", folder.File("Test.proj"), "-t:Publish", "-nologo", .. properties]);
}
