using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestra.Quic.Endpoint;

/// <summary>The descriptor of a UDP socket of Linux, and the calls that set it up (socket.h, in.h and in6.h).</summary>
internal sealed partial class LinuxSocketHandle() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    private const int IPv4Family = 2;
    private const int IPv6Family = 10;
    private const int Datagrams = 2;
    private const int CloseOnExec = 0x80000;
    private const int BothDirections = 2;
    private const int SocketLevel = 1;
    private const int SendBuffer = 7;
    private const int ReceiveBuffer = 8;
    private const int IPv4Level = 0;
    private const int IPv4Discover = 10;
    private const int IPv6Level = 41;
    private const int IPv6Discover = 23;
    private const int IPv6Only = 26;
    private const int AlwaysDiscover = 2;

    /// <exception cref="SocketException">The machine does not support the family, or there are too many open files.</exception>
    public static LinuxSocketHandle Open(AddressFamily family)
    {
        int number = family == AddressFamily.InterNetworkV6 ? IPv6Family : IPv4Family;
        LinuxSocketHandle socket = Socket(number, Datagrams | CloseOnExec, protocol: 0);
        if (socket.IsInvalid)
        {
            SocketException exception = LastError();
            socket.Dispose();
            throw exception;
        }

        return socket;
    }

    /// <summary>Both families where the address is any of the newer one.</summary>
    /// <exception cref="SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public void Bind(IPEndPoint endPoint)
    {
        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Set(IPv6Level, IPv6Only, endPoint.Address.Equals(IPAddress.IPv6Any) ? 0 : 1);
        }

        SocketAddress address = endPoint.Serialize();
        Check(Bind(this, address.Buffer.Span, address.Size));
    }

    /// <exception cref="SocketException">There is no way to the address.</exception>
    public void Connect(IPEndPoint endPoint)
    {
        SocketAddress address = endPoint.Serialize();
        Check(Connect(this, address.Buffer.Span, address.Size));
    }

    public IPEndPoint LocalEndPoint(AddressFamily family)
    {
        var address = new SocketAddress(family);
        int size = address.Buffer.Length;
        Check(GetName(this, address.Buffer.Span, ref size));
        address.Size = size;
        return (IPEndPoint)new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(address);
    }

    /// <summary>RFC 9000 §14: a datagram that is too large for a link is lost, so that the path's limit shows, and never in pieces.</summary>
    public void ForbidFragments(AddressFamily family)
    {
        // Of a socket for both, each family has its own.
        Set(IPv4Level, IPv4Discover, AlwaysDiscover);
        if (family == AddressFamily.InterNetworkV6)
        {
            Set(IPv6Level, IPv6Discover, AlwaysDiscover);
        }
    }

    public void SetBuffers(int size)
    {
        Set(SocketLevel, ReceiveBuffer, size);
        Set(SocketLevel, SendBuffer, size);
    }

    /// <summary>Sets an option that is a help and no need.</summary>
    public void Set(int level, int option, int value) => _ = SetOption(this, level, option, value, sizeof(int));

    public void Shutdown()
    {
        if (!IsClosed)
        {
            _ = Shutdown(this, BothDirections);
        }
    }

    protected override bool ReleaseHandle() => Close(handle) == 0;

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw LastError();
        }
    }

    private static SocketException LastError() => new((int)(Marshal.GetLastPInvokeError() switch
    {
        // Codes of errno.h.
        1 or 13 => SocketError.AccessDenied,
        22 => SocketError.InvalidArgument,
        23 or 24 => SocketError.TooManyOpenSockets,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    }));

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial LinuxSocketHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(LinuxSocketHandle socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(LinuxSocketHandle socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetName(LinuxSocketHandle socket, Span<byte> address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(LinuxSocketHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Shutdown(LinuxSocketHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(nint socket);
}
