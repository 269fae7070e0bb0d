namespace Orchestra.Quic.Wire;

/// <summary>How many packets came with each ECN codepoint (RFC 9000 §19.3.2).</summary>
internal readonly record struct EcnCounts(long Ect0, long Ect1, long Ce);
