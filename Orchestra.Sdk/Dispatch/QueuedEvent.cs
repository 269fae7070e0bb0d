using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>An event that waits for the handler of a subscription.</summary>
/// <param name="Delivery">The event.</param>
/// <param name="Peer">Whoever brought it.</param>
/// <param name="Size">What it takes of the bytes in flight.</param>
internal readonly record struct QueuedEvent(EventDelivery Delivery, Peer Peer, int Size);
