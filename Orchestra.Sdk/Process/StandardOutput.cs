using System.ComponentModel;
using System.Runtime.InteropServices;
using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk;

/// <summary>
/// Standard output for messages, and for nothing else that this process or one that it starts may print. On Unix the console's own stream
/// holds a lock while it writes, which tools that print would wait for, and a file's own stream writes at a position of its own, over what
/// others have written: this one only writes.
/// </summary>
/// <param name="descriptor">The descriptor that is written to.</param>
internal sealed partial class StandardOutput(int descriptor) : Stream
{
    private const int Interrupted = 4;
    private const int TryAgainOnLinux = 11;
    private const int TryAgainOnMac = 35;
    private const short PollOut = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput()
        : StandardDescriptors.IsInherited(StandardDescriptors.Output) ? new StandardOutput(StandardDescriptors.Take(StandardDescriptors.Output))
        : throw new IOException("standard output is closed, and an MCP server answers there");

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            int written = 0;
            while (written < buffer.Length)
            {
                nint count = WriteTo(descriptor, bytes + written, (nuint)(buffer.Length - written));
                if (count >= 0)
                {
                    written += (int)count;
                    continue;
                }

                int error = Marshal.GetLastPInvokeError();
                if (error is TryAgainOnLinux or TryAgainOnMac)
                {
                    // Whoever started the process has made it so that writes do not wait.
                    var output = new PollDescriptor { Descriptor = descriptor, Asked = PollOut };
                    _ = Poll(&output, count: 1, timeout: -1);
                }
                else if (error != Interrupted)
                {
                    throw new IOException($"standard output cannot be written: {new Win32Exception(error).Message}");
                }
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes at once, on the thread of the caller, which waits for the reader.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint WriteTo(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
#pragma warning disable CS0649 // The system writes it.
        public short Returned;
#pragma warning restore CS0649
    }
}
