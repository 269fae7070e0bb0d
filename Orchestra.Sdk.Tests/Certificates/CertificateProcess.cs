using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>Another process that uses a directory of certificates: the test assembly itself, run as a program.</summary>
internal static class CertificateProcess
{
    private const string EnsureCertificate = "ensure-certificate";
    private const string HoldLock = "hold-lock";

    /// <summary>Starts one that waits for a line, then ensures a certificate and writes the serial numbers of authority and leaf.</summary>
    public static ChildProcess StartEnsuring(string directory, string name) => Start(EnsureCertificate, directory, name);

    /// <summary>Starts one that locks the directory and keeps it.</summary>
    public static ChildProcess StartLocking(string directory) => Start(HoldLock, directory);

    /// <summary>What such a process does; it says "ready" first.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case [EnsureCertificate, string directory, string name]:
                Console.WriteLine("ready");
                Console.ReadLine();
                PluginCertificate leaf = await new CertificateStore(directory).EnsureCertificateAsync(name);
                Console.WriteLine($"{leaf.Authority.SerialNumber} {leaf.SerialNumber}");
                return 0;
            case [HoldLock, string directory]:
                using (await DirectoryLock.AcquireAsync(directory, TimeProvider.System, CancellationToken.None))
                {
                    Console.WriteLine("ready");
                    Console.ReadLine();
                }

                return 0;
            default:
                Console.Error.WriteLine("This is an assembly of tests: run `dotnet test`.");
                return 2;
        }
    }

    private static ChildProcess Start(params string[] args) =>
        ChildProcess.Start("dotnet", ["exec", typeof(CertificateProcess).Assembly.Location, .. args]);
}
