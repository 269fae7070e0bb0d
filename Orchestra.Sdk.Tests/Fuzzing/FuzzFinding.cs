using System.Globalization;
using System.Security.Cryptography;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>An input that something does not hold for.</summary>
internal sealed record FuzzFinding(string Surface, byte[] Input, string Fault)
{
    /// <summary>The first line of the fault without its numbers: what two findings of the same cause have in common.</summary>
    public string Kind { get; } = string.Concat(Fault.Split('\n')[0].Where(static c => !char.IsDigit(c)));

    /// <summary>Writes the input to a file.</summary>
    /// <returns>What it is, where it is and how to try it again.</returns>
    public string Keep()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "fuzz-findings");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{Surface}-{Convert.ToHexStringLower(SHA256.HashData(Input).AsSpan(0, 6))}.bin");
        File.WriteAllBytes(file, Input);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Fault}\n{Input.Length} bytes: {Convert.ToHexStringLower(Input.AsSpan(0, Math.Min(Input.Length, 400)))}\n"
                + $"dotnet run --project Orchestra.Sdk.Tests -- fuzz {Surface} --replay {file}");
    }
}
