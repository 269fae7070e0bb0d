namespace Orchestra.Quic.Endpoint;

/// <summary>Which directions of a stream to abort.</summary>
[Flags]
internal enum QuicAbortDirection
{
    Read = 1,
    Write = 2,
    Both = Read | Write,
}
