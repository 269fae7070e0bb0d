using Orchestra.Quic.Protection;
using Orchestra.Sdk.Tests.Quic.Protection;

// Each vector by every implementation that this processor has; what is wrong goes to standard error.
bool[] implementations = AesInstructions.IsSupported ? [true, false] : [false];
int faults = 0;
foreach (bool hasAesInstructions in implementations)
{
    foreach (AeadVector vector in AeadVector.All)
    {
        Check(vector.Name, vector.Fault(hasAesInstructions));
    }

    foreach (PacketVector vector in PacketVector.All)
    {
        Check(vector.Name, vector.Fault(hasAesInstructions));
    }

    void Check(string name, string? fault)
    {
        if (fault is not null)
        {
            faults++;
            Console.Error.WriteLine($"{name}{(hasAesInstructions ? " with instructions for AES" : "")}: {fault}");
        }
    }
}

Console.WriteLine($"{implementations.Length} x {AeadVector.All.Count + PacketVector.All.Count} vectors, {faults} faults");
Console.WriteLine($"suites: {string.Join(' ', CipherSuites.Usable)}");
return faults == 0 ? 0 : 1;
