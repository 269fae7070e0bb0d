using System.Net;
using System.Net.Sockets;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>A port of TCP that nobody listens at, for what cannot be asked for one.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
