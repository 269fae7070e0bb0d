namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A peer's first line.</summary>
/// <param name="Address">Where a server listens.</param>
internal sealed record PeerGreeting(string? Address);

/// <summary>A connection that was made; quiche tells only its number.</summary>
internal sealed record PeerConnection(int Connection, string? Protocol, int CipherSuite, string? PeerName);

/// <summary>What came of many calls.</summary>
/// <param name="Calls">How many were made.</param>
/// <param name="Failed">How many of them failed, wrong answers included.</param>
/// <param name="Error">Of the first that failed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="CallsPerSecond">The rate.</param>
/// <param name="Stalls">How many calls took more than 5 seconds.</param>
/// <param name="MedianSeconds">A call's median time.</param>
/// <param name="P99Seconds">Its 99th percentile.</param>
/// <param name="MaximumSeconds">The longest.</param>
/// <param name="CpuSeconds">What the client's process used.</param>
internal sealed record PeerCallsReport(
    long Calls,
    long Failed,
    PeerError? Error,
    double Seconds,
    double CallsPerSecond,
    long Stalls,
    double MedianSeconds,
    double P99Seconds,
    double MaximumSeconds,
    double CpuSeconds);

/// <summary>What came back for bytes sent.</summary>
/// <param name="Data">All until the end.</param>
/// <param name="Error">What ended it, if it was not the FIN.</param>
internal sealed record PeerBytes(byte[]? Data, PeerError? Error);

/// <summary>How many streams the server granted at once, and how many of them were completed.</summary>
internal sealed record PeerHoldReport(int Granted, int Completed, PeerError? Error);

/// <summary>What came of a streaming call.</summary>
/// <param name="Chunks">How many chunks came, in the right order.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="First">The first chunk.</param>
/// <param name="Ended">A <c>stream_end</c> came.</param>
/// <param name="Success">What it said.</param>
/// <param name="TotalChunks">How many it had counted.</param>
/// <param name="ErrorCode">Its error, if any.</param>
/// <param name="ErrorMessage">The text to it.</param>
internal sealed record PeerStreamReport(
    long Chunks,
    long Bytes,
    byte[]? First,
    bool Ended,
    bool Success,
    long TotalChunks,
    string ErrorCode,
    string ErrorMessage);

/// <summary>What raw streams took.</summary>
internal sealed record PeerBulkReport(
    double UploadSeconds,
    double UploadBytesPerSecond,
    double DownloadSeconds,
    double DownloadBytesPerSecond,
    double CpuSeconds);

/// <summary>What came of many connections with a call per second each.</summary>
/// <param name="Connections">How many were made.</param>
/// <param name="Calls">The calls on all of them.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Late">Those that took more than a second.</param>
/// <param name="Error">Of the first that failed.</param>
/// <param name="DialSeconds">How long it took to make the connections, one after the other.</param>
/// <param name="CpuSeconds">What the client's process used.</param>
internal sealed record PeerFleetReport(
    int Connections, long Calls, long Failed, long Late, PeerError? Error, double DialSeconds, double CpuSeconds);

/// <summary>What a peer counted since it started; quiche counts less.</summary>
internal sealed record PeerStatistics(
    IReadOnlyList<PeerConnectionStatistics> Connections, double CpuSeconds, long HeapBytes, int Goroutines);

/// <summary>What a peer counted on one connection, in the order they came; those that were refused are among them.</summary>
/// <param name="Remote">The other side's address.</param>
/// <param name="PeerName">The common name of its certificate.</param>
/// <param name="Closed">Why it ended.</param>
/// <param name="KeyUpdates">That this side started.</param>
/// <param name="KeyUpdatesSeen">That the other side started.</param>
/// <param name="PacketsSent">After the handshake.</param>
/// <param name="PacketsReceived">After the handshake.</param>
/// <param name="PacketsLost">As this side believed.</param>
/// <param name="Retries">Retry packets received.</param>
/// <param name="MaximumDatagram">That this side's path-MTU probes found.</param>
/// <param name="Streams">Opened by the other side.</param>
/// <param name="OpenStreams">Of them, those still in work.</param>
/// <param name="Requests">Read, or as a client: answered.</param>
/// <param name="Chunks">Sent.</param>
/// <param name="StreamsReset">Whose sender gave up.</param>
/// <param name="StreamsStopped">Whose reader gave up.</param>
/// <param name="StreamsCanceled">Streaming calls ended by a <c>stream_cancel</c>.</param>
/// <param name="LastStreamCode">The code of the last stream reset or stopped.</param>
internal sealed record PeerConnectionStatistics(
    string Remote,
    string? PeerName,
    PeerError? Closed,
    long KeyUpdates,
    long KeyUpdatesSeen,
    long PacketsSent,
    long PacketsReceived,
    long PacketsLost,
    long Retries,
    int MaximumDatagram,
    long Streams,
    long OpenStreams,
    long Requests,
    long Chunks,
    long StreamsReset,
    long StreamsStopped,
    long StreamsCanceled,
    long LastStreamCode);
