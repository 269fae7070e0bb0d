using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>Calls of the plugin's code that have no error of their own for being refused.</summary>
internal static class GatedCalls
{
    /// <exception cref="JsonRpcException">As many calls run as may, or the plugin shuts down.</exception>
    public static async ValueTask<T> RunAsync<T>(this CallGate calls, Func<ValueTask<T>> run)
    {
        if (calls.Enter() is { } refusal)
        {
            throw new JsonRpcException(JsonRpcCodes.InternalError, $"{refusal.ErrorCode}: {refusal.ErrorMessage}");
        }

        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            calls.Leave();
        }
    }
}
