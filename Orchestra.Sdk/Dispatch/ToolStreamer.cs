using System.Runtime.ExceptionServices;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers <c>stream_start</c>: the chunks, then the end.</summary>
internal sealed class ToolStreamer(ToolCaller tools, RunningStreams streams)
{
    public async ValueTask RunAsync(
        string requestId, StreamStart start, ResponseWriter responses, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long count = 0;
        ToolResponse outcome;
        if (requestId.Length + start.StreamId.Length > StreamChunks.MaxIdLength)
        {
            outcome = Responses.ToolError(
                ErrorCodes.InvalidRequest, $"the request's and the stream's id exceed {StreamChunks.MaxIdLength} characters");
        }
        else if (!streams.TryAdd(start.StreamId, cancellation))
        {
            outcome = Responses.ToolError(
                ErrorCodes.InvalidRequest, $"a stream {QuotedName.Of(start.StreamId)} is running; give each an id of its own");
        }
        else
        {
            try
            {
                var chunks = new StreamChunks(requestId, start.StreamId, responses, cancellation.Token);
                var call = new ToolRequest
                {
                    ToolName = start.ToolName,
                    Arguments = start.Arguments,
                    CallerPlugin = start.CallerPlugin,
                };
                outcome = await tools.StreamAsync(requestId, call, chunks, cancellation.Token).ConfigureAwait(false);
                count = chunks.Count;
                if (chunks.Failure is { } failure)
                {
                    // Nobody is there to be told the end.
                    ExceptionDispatchInfo.Throw(failure);
                }
            }
            finally
            {
                streams.Remove(start.StreamId, cancellation);
            }
        }

        PluginResponse end = Responses.StreamEnded(start.StreamId, outcome, count);
        end.RequestId = requestId;
        await responses.WriteAsync(end, last: true).ConfigureAwait(false);
    }
}
