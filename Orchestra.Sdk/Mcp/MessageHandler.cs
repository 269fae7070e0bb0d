using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// Takes the messages of a client one after the other. What they ask for is done elsewhere, so that a tool that keeps its thread keeps
/// nobody from canceling it.
/// </summary>
/// <param name="methods">Who answers what.</param>
/// <param name="running">The requests that are being answered.</param>
/// <param name="output">Where answers go.</param>
/// <param name="bytes">What the client's messages may take while they are answered.</param>
/// <param name="ready">Ends when the plugin is booted, with why it is not ready; null when it is.</param>
/// <param name="log">Where to tell what the client does wrong.</param>
/// <param name="cancelAll">Cancels what is being answered.</param>
internal sealed class MessageHandler(
    McpMethods methods,
    RunningRequests running,
    MessageOutput output,
    ByteShare bytes,
    Task<string?> ready,
    ILogger log,
    CancellationToken cancelAll)
{
    private readonly Negotiation _negotiation = new();

    /// <summary>Takes a line. Its bytes are not looked at any more when this ends.</summary>
    public void Take(Line line)
    {
        Instruments.Received(line.Bytes.Length);
        ReadOnlySpan<byte> text = line.Bytes.Span.TrimStart(" \t"u8);
        if (line.IsTooLong)
        {
            Refuse(
                new JsonRpcException(
                    JsonRpcCodes.InvalidRequest, $"the message is longer than the {MessageFraming.MaxMessageSize} bytes that are taken")
                {
                    Id = JsonRpcMessage.FindId(text),
                },
                output);
        }
        else if (text.StartsWith("["u8))
        {
            TakeBatch(line.Bytes);
        }
        else if (!text.IsEmpty)
        {
            Take(line.Bytes, output);
        }
    }

    private void TakeBatch(ReadOnlyMemory<byte> json)
    {
        if (!_negotiation.TakesBatches)
        {
            Refuse(
                new JsonRpcException(
                    JsonRpcCodes.InvalidRequest,
                    $"a message must be an object: arrays of them are taken in version {ProtocolVersions.WithBatches} only"),
                output);
            return;
        }

        try
        {
            IReadOnlyList<ReadOnlyMemory<byte>> messages = Batch.Split(json);
            var answers = new BatchAnswers(output, messages.Count);
            foreach (ReadOnlyMemory<byte> message in messages)
            {
                Take(message, answers);
            }
        }
        catch (JsonRpcException error)
        {
            Refuse(error, output);
        }
    }

    private void Take(ReadOnlyMemory<byte> json, IMessageSink answers)
    {
        JsonRpcMessage message;
        try
        {
            message = JsonRpcMessage.Parse(json);
        }
        catch (JsonRpcException error)
        {
            Refuse(error, answers);
            return;
        }

        if (message is { Id: { } id, Method: { } method })
        {
            Begin(id, method, message.Params, answers);
            return;
        }

        // Responses are to requests, and none are sent from here.
        if (message.Method == McpMethods.Cancelled)
        {
            Cancel(message.Params.Span);
        }
        else if (message.Method == McpMethods.Initialized && _negotiation.IsLegacy)
        {
            methods.Changes?.BeginLegacy();
        }

        Run(answers.SkipAsync);
    }

    private void Begin(RequestId id, string method, ReadOnlyMemory<byte> parameters, IMessageSink answers)
    {
        try
        {
            var meta = RequestMeta.Of(parameters.Span);
            ProtocolEra era = _negotiation.EraOf(method, meta, parameters.Span);
            McpHandler handler = methods.Find(method, era);
            var request = new McpRequest(this, handler, id, method, era, meta, answers, cancelAll);
            if (!running.TryAdd(request))
            {
                request.Dispose();
                throw new JsonRpcException(
                    JsonRpcCodes.InvalidRequest, $"a request with the id {QuotedName.Of(id.Text)} is being answered; give each an id of its own");
            }

            request.Keep(parameters.Span, bytes);
            ThreadPool.UnsafeQueueUserWorkItem(request, preferLocal: false);
        }
        catch (JsonRpcException error)
        {
            Refuse(error, answers, id);
        }
    }

    /// <summary>Answers a request, whatever happens. Never throws.</summary>
    public async Task AnswerAsync(McpRequest request, McpHandler handler)
    {
        OutgoingLine line;
        try
        {
            line = await ready.WaitAsync(request.Canceled).ConfigureAwait(false) is { } reason
                ? throw new JsonRpcException(JsonRpcCodes.InternalError, $"the plugin is not ready: {reason}")
                : await handler(request).ConfigureAwait(false);
        }
        catch (JsonRpcException error)
        {
            line = OutgoingLine.Error(request.Id, error);
        }
        catch (OperationCanceledException) when (request.Canceled.IsCancellationRequested)
        {
            line = OutgoingLine.Error(request.Id, new JsonRpcException(JsonRpcCodes.InternalError, "the request was cancelled"));
        }
        catch (OverloadedException exception)
        {
            line = OutgoingLine.Error(request.Id, new JsonRpcException(JsonRpcCodes.InternalError, $"overloaded: {exception.Message}"));
        }
        catch (ToolException exception) when (exception.InnerException is null)
        {
            line = OutgoingLine.Error(request.Id, new JsonRpcException(JsonRpcCodes.InternalError, $"{exception.Code}: {exception.Message}"));
        }
        catch (MessageFramingException exception)
        {
            line = OutgoingLine.Error(
                request.Id, new JsonRpcException(JsonRpcCodes.InternalError, $"the result is too large: {exception.Message}"));
        }
        catch (Exception exception)
        {
            log.MethodFailed(exception, request.Method, QuotedName.Bare(request.Id.Text));
            line = OutgoingLine.Error(
                request.Id, new JsonRpcException(JsonRpcCodes.InternalError, InnermostReason.Of(exception)));
        }

        running.Forget(request);
        if (request.TryEnd())
        {
            await request.Answers.SendAsync(line).ConfigureAwait(false);
        }
        else
        {
            line.Dispose();
        }

        request.Dispose();
        running.Leave();
    }

    private void Cancel(ReadOnlySpan<byte> parameters)
    {
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (members.IsNamed("requestId"u8))
            {
                // One that is over, or never was, is none of our business.
                if (members.Id() is { } id && running.Find(id) is { } request && request.TryEnd())
                {
                    running.Forget(request);
                    _ = request.CancelAsync();
                    Run(request.Answers.SkipAsync);
                }

                return;
            }
        }
    }

    private void Refuse(JsonRpcException error, IMessageSink answers, RequestId? id = null)
    {
        log.BadMessage(error.Message);
        OutgoingLine line = OutgoingLine.Error(id ?? error.Id, error);
        Run(() => answers.SendAsync(line));
    }

    /// <summary>Sends where that keeps nobody from reading.</summary>
    private void Run(Func<ValueTask> send)
    {
        running.Enter();
        _ = Task.Run(async () =>
        {
            await send().ConfigureAwait(false);
            running.Leave();
        });
    }
}
