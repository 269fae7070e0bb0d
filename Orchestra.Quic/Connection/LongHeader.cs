using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>What the header of an Initial or Handshake packet says, its number aside.</summary>
/// <param name="Type">Which of the two.</param>
/// <param name="Destination">The peer's id.</param>
/// <param name="Source">Ours.</param>
/// <param name="Token">Of an Initial packet of a client.</param>
internal readonly record struct LongHeader(PacketType Type, ConnectionId Destination, ConnectionId Source, byte[] Token);

/// <summary>What the header of a 1-RTT packet says, its number aside.</summary>
/// <param name="Destination">The peer's id.</param>
/// <param name="Phase">The key phase bit.</param>
internal readonly record struct ShortHeader(ConnectionId Destination, bool Phase);
