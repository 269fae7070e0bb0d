using Orchestra.Sdk.Tests.Fuzzing.Surfaces;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>All surfaces.</summary>
internal static class FuzzSurfaces
{
    private static readonly Dictionary<string, Func<FuzzSurface>> ByName = new()
    {
        ["datagrams"] = static () => new DatagramSurface(),
        ["frames"] = static () => new FrameSurface(),
        ["tls"] = static () => new TlsSurface(),
        ["parameters"] = static () => new TransportParameterSurface(),
        ["requests"] = static () => new RequestSurface(),
        ["arguments"] = static () => new ArgumentSurface(),
        ["certificates"] = static () => new CertificateSurface(),
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static FuzzSurface Create(string name) => ByName[name]();
}
