using System.Runtime.ExceptionServices;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers <c>stream_start</c>: the chunks as they come, then the end.</summary>
internal sealed class ToolStreamer(ToolCaller tools)
{
    public async ValueTask<Answer> AnswerAsync(IncomingRequest incoming, CancellationToken cancellationToken)
    {
        StreamStart start = incoming.Message.StreamStart;
        string streamId = start.StreamId;
        if (streamId.Length > RequestParser.MaxIdLength)
        {
            return Refused("", $"the stream's id has {streamId.Length} characters, {RequestParser.MaxIdLength} are allowed");
        }

        using var cancellation = new LinkedCancellation(cancellationToken);
        RunningStreams running = incoming.Peer.Streams;
        if (!running.TryAdd(streamId, cancellation))
        {
            return Refused(streamId, $"a stream {QuotedName.Of(streamId)} is running; give each an id of its own");
        }

        try
        {
            var chunks = new StreamChunks(incoming, streamId, cancellation.Token);
            var call = new ToolRequest
            {
                ToolName = start.ToolName,
                Arguments = start.Arguments,
                CallerPlugin = start.CallerPlugin,
            };
            ToolResponse outcome = await tools
                .RunAsync(incoming.Id, call, incoming.Peer, chunks, cancellation.Token)
                .ConfigureAwait(false);
            if (chunks.Failure is { } failure)
            {
                // Nobody is there to be told the end.
                ExceptionDispatchInfo.Throw(failure);
            }

            return Responses.StreamEnded(streamId, outcome, chunks.Count);
        }
        finally
        {
            running.Remove(streamId, cancellation);
        }
    }

    /// <summary>Answers <c>stream_cancel</c>, which stops a running stream and has no answer of its own.</summary>
    public static async ValueTask<Answer> CancelAsync(IncomingRequest incoming, CancellationToken cancellationToken)
    {
        await incoming.Peer.Streams.CancelAsync(incoming.Message.StreamCancel.StreamId).ConfigureAwait(false);
        return Answer.None;
    }

    private static PluginResponse Refused(string streamId, string why) =>
        Responses.StreamEnded(streamId, Responses.ToolError(ErrorCodes.InvalidRequest, why), chunks: 0);
}
