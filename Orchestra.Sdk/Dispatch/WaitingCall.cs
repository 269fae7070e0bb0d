using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A call that waits for its place. Done with null when it has one, or with why it gets none.</summary>
internal sealed class WaitingCall() : TaskCompletionSource<ToolResponse?>(TaskCreationOptions.RunContinuationsAsynchronously);
