using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Many datagrams in one system call: Linux splits what is sent into datagrams of one size (UDP_SEGMENT) and joins what comes from one
/// sender (UDP_GRO). It makes bulk transfers twice as fast, see docs/performance.md. The sizes travel in control messages, which .NET's
/// sockets do not offer; so do the ECN bits of what comes.
/// </summary>
internal static unsafe partial class LinuxDatagrams
{
    private const int UdpLevel = 17;
    private const int UdpSegment = 103;
    private const int UdpGro = 104;
    private const int IpLevel = 0;
    private const int IpTypeOfService = 1;
    private const int IpReceiveTypeOfService = 13;
    private const int Ipv6Level = 41;
    private const int Ipv6ReceiveTrafficClass = 66;
    private const int Ipv6TrafficClass = 67;
    private const int EcnBits = 3;
    private const int DoNotWait = 0x40;
    private const int ControlLength = 128;

    // Codes of errno.h.
    private const int Interrupted = 4;
    private const int InputOutput = 5;
    private const int BadDescriptor = 9;
    private const int TryAgain = 11;
    private const int InvalidArgument = 22;
    private const int NotSocket = 88;
    private const int MessageSize = 90;
    private const int NoProtocolOption = 92;
    private const int NotSupported = 95;
    private const int ConnectionRefused = 111;

    /// <summary>The structures below are laid out for these.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    /// <summary>Has the kernel join datagrams and tell their ECN bits, as far as it is able to.</summary>
    public static void EnableReceiving(LinuxSocketHandle socket, AddressFamily family)
    {
        socket.Set(UdpLevel, UdpGro, 1);

        // A socket of both families gets the one or the other.
        socket.Set(IpLevel, IpReceiveTypeOfService, 1);
        if (family == AddressFamily.InterNetworkV6)
        {
            socket.Set(Ipv6Level, Ipv6ReceiveTrafficClass, 1);
        }
    }

    /// <summary>Sends a datagram.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="datagram">The datagram.</param>
    /// <param name="remote">The receiver; null on a connected socket.</param>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static void Send(LinuxSocketHandle socket, ReadOnlySpan<byte> datagram, SocketAddress? remote)
    {
        fixed (byte* bytes = datagram)
        fixed (byte* name = remote is null ? default : remote.Buffer.Span)
        {
            _ = SendTo(socket, bytes, (nuint)datagram.Length, 0, name, remote is null ? 0 : remote.Size);
        }
    }

    /// <summary>Sends datagrams of one size, of which the last may be shorter.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="datagrams">The datagrams, one after the other.</param>
    /// <param name="size">The size of each.</param>
    /// <param name="remote">The receiver; null on a connected socket.</param>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static SendStatus Send(LinuxSocketHandle socket, ReadOnlySpan<byte> datagrams, int size, SocketAddress? remote)
    {
        SegmentControl control = new()
        {
            Header = new ControlHeader { Length = (nuint)sizeof(ControlHeader) + sizeof(ushort), Level = UdpLevel, Type = UdpSegment },
            Size = (ushort)size,
        };
        fixed (byte* bytes = datagrams)
        fixed (byte* name = remote is null ? default : remote.Buffer.Span)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)datagrams.Length };
            var message = new MessageHeader
            {
                Name = name,
                NameLength = remote is null ? 0u : (uint)remote.Size,
                Vectors = &vector,
                VectorCount = 1,
                Control = &control,
                ControlLength = (nuint)sizeof(SegmentControl),
            };
            return SendMessage(socket, &message, 0) >= 0 ? SendStatus.Sent : ToSendStatus(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Receives datagrams of one size, of which the last may be shorter.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Room for all that can be joined: 64 KiB.</param>
    /// <param name="remote">Where they came from.</param>
    /// <param name="wait">Whether to wait for one.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="size">The size of each datagram.</param>
    /// <param name="ecn">The ECN bits of all of them; 0 where they are not known.</param>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static ReceiveStatus Receive(
        LinuxSocketHandle socket, Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn)
    {
        byte* control = stackalloc byte[ControlLength];
        fixed (byte* bytes = buffer)
        fixed (byte* name = remote.Buffer.Span)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)buffer.Length };
            var message = new MessageHeader
            {
                Name = name,
                NameLength = (uint)remote.Buffer.Length,
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = ControlLength,
            };
            nint received = ReceiveMessage(socket, &message, wait ? 0 : DoNotWait);
            length = (int)Math.Max(received, 0);
            size = length;
            ecn = 0;
            if (received < 0)
            {
                return ToReceiveStatus(Marshal.GetLastPInvokeError());
            }

            remote.Size = (int)message.NameLength;
            ReadControl(control, (int)message.ControlLength, ref size, ref ecn);
            return ReceiveStatus.Received;
        }
    }

    public static SendStatus ToSendStatus(int error) => error switch
    {
        // A datagram larger than the route carries is one of these too: alone it would be sent in fragments.
        InvalidArgument or MessageSize or InputOutput or NoProtocolOption or NotSupported => SendStatus.NotAsBatch,
        Interrupted or ConnectionRefused => SendStatus.Interrupted,
        _ => SendStatus.Lost,
    };

    public static ReceiveStatus ToReceiveStatus(int error) => error switch
    {
        ConnectionRefused => ReceiveStatus.Refused,
        BadDescriptor or NotSocket => ReceiveStatus.Closed,
        TryAgain or Interrupted => ReceiveStatus.None,
        _ => ReceiveStatus.Failed,
    };

    private static void ReadControl(byte* control, int length, ref int size, ref int ecn)
    {
        while (length >= sizeof(ControlHeader))
        {
            var header = (ControlHeader*)control;
            switch (header->Level, header->Type)
            {
                case (UdpLevel, UdpGro):
                    size = *(int*)(header + 1);
                    break;
                case (IpLevel, IpTypeOfService):
                    ecn = *(byte*)(header + 1) & EcnBits;
                    break;
                case (Ipv6Level, Ipv6TrafficClass):
                    ecn = *(int*)(header + 1) & EcnBits;
                    break;
            }

            int step = ((int)header->Length + sizeof(nuint) - 1) & -sizeof(nuint);
            control += step;
            length -= step;
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(LinuxSocketHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(LinuxSocketHandle socket, byte* datagram, nuint length, int flags, byte* address, int addressLength);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(LinuxSocketHandle socket, MessageHeader* message, int flags);

    /// <summary>struct iovec.</summary>
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    private struct MessageHeader
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct cmsghdr.</summary>
    private struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    /// <summary>A control message that says how long each datagram is.</summary>
    private struct SegmentControl
    {
        public ControlHeader Header;
        public ushort Size;
    }
}
