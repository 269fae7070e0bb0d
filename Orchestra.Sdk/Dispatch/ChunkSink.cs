using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Takes what a tool gives: its chunks, or its result where it does not stream. The peer says which kind of sink it wants.</summary>
internal abstract class ChunkSink : ChunkWriter
{
    /// <summary>The kind of request that asks for it, as traces and metrics name it.</summary>
    public abstract string Method { get; }

    /// <summary>What the peer asks for: a tool, or a streaming tool.</summary>
    public abstract string Asked { get; }

    /// <summary>Where the peer wants the tool's reports of progress; null where it wants none.</summary>
    public virtual IProgress<object?>? Progress => null;

    /// <summary>Why nothing can be taken any more: the peer is gone, or reads no more. Null while something can.</summary>
    public Exception? Failure { get; protected set; }

    /// <summary>Takes the result of a tool that does not stream; the answer to the peer.</summary>
    public abstract ValueTask<ToolResponse> TakeAsync(ToolResponse result);

    /// <summary>The answer to the peer after the last chunk.</summary>
    public abstract ToolResponse End();
}
