using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>An event that waits for the handler of a subscription.</summary>
/// <param name="Delivery">The event.</param>
/// <param name="Peer">The name of whoever brought it, if it has one.</param>
/// <param name="Size">What it takes of the bytes in flight.</param>
internal readonly record struct QueuedEvent(EventDelivery Delivery, string? Peer, int Size);
