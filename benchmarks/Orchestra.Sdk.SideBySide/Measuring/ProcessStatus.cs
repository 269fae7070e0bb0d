using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>What Linux tells of a process.</summary>
internal static class ProcessStatus
{
    public static double ResidentMegabytes(int processId) => Status(processId, "VmRSS") / 1e3 * 1.024;

    public static double Threads(int processId) => Status(processId, "Threads");

    /// <summary>Files, sockets and the like that are open.</summary>
    public static int Handles(int processId) => Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;

    /// <summary>What the process has used of the processor, in seconds.</summary>
    public static double CpuSeconds(int processId)
    {
        // Behind the name, which may have anything in it: utime and stime are the 12th and 13th, in hundredths of a second.
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static double Status(int processId, string key)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
        return double.Parse(line.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
