namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The certificate that a peer presents.</summary>
internal static class PeerIdentity
{
    public const string Own = "own";
    public const string None = "none";
    public const string Foreign = "foreign";
    public const string Expired = "expired";
}

/// <summary>How to dial.</summary>
/// <param name="Address">Whom.</param>
internal sealed record PeerDial(string Address)
{
    /// <summary>One of <see cref="PeerIdentity"/>.</summary>
    public string? Identity { get; init; }

    /// <summary>Another leaf than the one that the client was started with.</summary>
    public string? Name { get; init; }

    /// <summary>Another ALPN; Go takes <c>none</c> for none.</summary>
    public string? Protocol { get; init; }

    /// <summary>
    /// Makes a call: in TLS 1.3 the client is done before the server has seen its certificate, and only then learns of a refusal.
    /// </summary>
    public bool Probe { get; init; } = true;

    /// <summary>Go only: <c>foreign</c> to trust another CA, <c>any</c> to trust every server.</summary>
    public string? Trust { get; init; }

    /// <summary>Go only: what the server's certificate must be for, instead of the address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Go only: from one socket for all, with connection ids; by default each has its socket and an empty id.</summary>
    public bool Shared { get; init; }

    /// <summary>Go only: the idle timeout, instead of 5 minutes.</summary>
    public double IdleSeconds { get; init; }

    /// <summary>Go only: send no PING to keep the connection alive.</summary>
    public bool KeepAliveless { get; init; }
}

/// <summary>
/// Calls of a tool, each a different one whose answer is verified: <see cref="Count"/> of them, or as many as fit into
/// <see cref="Seconds"/>, by <see cref="Callers"/> at once on one connection.
/// </summary>
internal sealed record PeerCalls
{
    public long Count { get; init; }

    public double Seconds { get; init; }

    public int Callers { get; init; } = 1;

    /// <summary>Of the text that <c>echo</c> gets.</summary>
    public int Size { get; init; }

    /// <summary>Instead of the size: how long the request's message is, exactly.</summary>
    public int Frame { get; init; }

    /// <summary>Another tool than <c>echo</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>Its arguments as JSON; every <c>{n}</c> becomes the call's number.</summary>
    public string? Arguments { get; init; }

    /// <summary>What it must answer, likewise.</summary>
    public string? Expected { get; init; }

    /// <summary>Go only: the FIN comes some time after the request, in a frame of its own, as quiche's does always.</summary>
    public bool LateFin { get; init; }
}

/// <summary>Which sides of a stream are given up.</summary>
internal enum PeerAbort
{
    /// <summary>RESET_STREAM in the middle of a request.</summary>
    Write,

    /// <summary>STOP_SENDING after a request.</summary>
    Read,

    /// <summary>Both in the middle of a request.</summary>
    Both,
}

/// <summary>A streaming call.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments as JSON.</param>
internal sealed record PeerStream(string Tool, string Arguments)
{
    /// <summary>After how many chunks to cancel it.</summary>
    public long CancelAfter { get; init; }

    /// <summary>The <c>stream_cancel</c> comes on a stream of its own, not on the call's as Go's client sends it.</summary>
    public bool CancelApart { get; init; }
}
