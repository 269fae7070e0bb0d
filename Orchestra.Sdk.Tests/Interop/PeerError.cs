namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What a peer saw go wrong.</summary>
/// <param name="Kind">
/// <c>transport</c> (a QUIC error; <c>0x100</c> and more is a TLS alert), <c>application</c>, <c>stream</c>, <c>idle</c>,
/// <c>handshake_timeout</c>, <c>version</c>, <c>reset</c> (stateless), <c>deadline</c> or <c>other</c>.
/// </param>
/// <param name="Code">The error code, where the kind has one.</param>
/// <param name="Remote">The other side raised it.</param>
/// <param name="Text">What the peer has to say about it.</param>
internal sealed record PeerError(string Kind, long Code, bool Remote, string Text);

/// <summary>A peer could not do as it was told.</summary>
internal sealed class PeerException(PeerError error) : Exception($"{error.Kind} {error.Code:x}: {error.Text}")
{
    public PeerError Error { get; } = error;
}
