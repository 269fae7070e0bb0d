using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>Calls of the plugin's code that have no error of their own for being refused.</summary>
internal static class GatedCalls
{
    /// <exception cref="JsonRpcException">As many calls run as may, or the plugin shuts down.</exception>
    public static async ValueTask<T> RunAsync<T>(
        this CallGate calls, PeerShare share, Func<ValueTask<T>> run, CancellationToken cancellationToken)
    {
        if (await calls.EnterAsync(share, mayWait: true, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            throw new JsonRpcException(JsonRpcCodes.InternalError, $"{refusal.ErrorCode}: {refusal.ErrorMessage}");
        }

        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            calls.Leave(share);
        }
    }
}
