using System.Runtime.ExceptionServices;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers <c>stream_start</c>: the chunks, then the end.</summary>
internal sealed class ToolStreamer(ToolCaller tools)
{
    public async ValueTask RunAsync(
        string requestId, StreamStart start, Peer peer, ResponseWriter responses, CancellationToken cancellationToken)
    {
        using var cancellation = new LinkedCancellation(cancellationToken);
        long count = 0;
        ToolResponse outcome;
        string streamId = start.StreamId;
        if (streamId.Length > RequestParser.MaxIdLength)
        {
            outcome = Responses.ToolError(
                ErrorCodes.InvalidRequest,
                $"the stream's id has {streamId.Length} characters, {RequestParser.MaxIdLength} are allowed");
            streamId = "";
        }
        else if (!peer.Streams.TryAdd(streamId, cancellation))
        {
            outcome = Responses.ToolError(
                ErrorCodes.InvalidRequest, $"a stream {QuotedName.Of(streamId)} is running; give each an id of its own");
        }
        else
        {
            try
            {
                var chunks = new StreamChunks(requestId, streamId, responses, cancellation.Token);
                var call = new ToolRequest
                {
                    ToolName = start.ToolName,
                    Arguments = start.Arguments,
                    CallerPlugin = start.CallerPlugin,
                };
                outcome = await tools.StreamAsync(requestId, call, peer, chunks, cancellation.Token).ConfigureAwait(false);
                count = chunks.Count;
                if (chunks.Failure is { } failure)
                {
                    // Nobody is there to be told the end.
                    ExceptionDispatchInfo.Throw(failure);
                }
            }
            finally
            {
                peer.Streams.Remove(streamId, cancellation);
            }
        }

        PluginResponse end = Responses.StreamEnded(streamId, outcome, count);
        end.RequestId = requestId;
        await responses.WriteAsync(end, last: true).ConfigureAwait(false);
    }
}
