using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Keeps the published binary as small as it was: what each part of it takes is in docs/performance.md.</summary>
[Category("Process")]
internal sealed class GreeterSizeTests
{
    private const string Kept = "benchmarks/greeter-size.txt";
    private const double Growth = 1.03;

    [Test]
    public async Task Has_not_grown_by_more_than_3_percent()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Assert.Ignore($"{Kept} is the size for linux-x64.");
        }

        long kept = long.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, Kept)), CultureInfo.InvariantCulture);

        long size = new FileInfo(await NativeGreeter.PathAsync()).Length;

        TestContext.Out.WriteLine($"{size} bytes, {kept} in {Kept}");
        Assert.That(
            size,
            Is.LessThanOrEqualTo(kept * Growth),
            $"The published Greeter has grown from {kept} to {size} bytes. docs/performance.md says how to see what takes them. " +
            $"If they are worth it, write {size} into {Kept}, and the new sizes into docs/performance.md.");
    }
}
