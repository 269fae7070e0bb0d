using Microsoft.Win32.SafeHandles;
using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk;

/// <summary>Standard input as bytes, for nobody else in this process and those that it starts.</summary>
internal static class StandardInput
{
    /// <summary>The console's own stream reads on Unix as a terminal does; a file's own reads what is there.</summary>
    public static Stream Open() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : StandardDescriptors.IsInherited(StandardDescriptors.Input)
            ? new FileStream(new SafeFileHandle(StandardDescriptors.Take(StandardDescriptors.Input), ownsHandle: true), FileAccess.Read, bufferSize: 0)
            : Stream.Null;
}
