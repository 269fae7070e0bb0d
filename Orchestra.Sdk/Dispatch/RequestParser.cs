using System.Text;
using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Turns a frame's payload into a request, or into the answer that says why it is none.</summary>
internal static class RequestParser
{
    /// <summary>Ids are UUIDs. Each is kept while its request runs, and sent back with every response.</summary>
    public const int MaxIdLength = 4096;

    /// <summary>For small ones, which are not kept.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> payload, out PluginRequest request, out string error) => TryParse(
        payload, MessageScan.Of(payload.Span, MessageShape.Request), MessageDecoder.MaxObjects, out request, out error);

    public static bool TryParse(ReadOnlyMemory<byte> payload, MessageScan scan, long maxObjects, out PluginRequest request, out string error)
    {
        try
        {
            request = MessageDecoder.ReadRequest(payload, scan, maxObjects);
            if (request.RequestId.Length <= MaxIdLength)
            {
                error = "";
                return true;
            }

            error = $"the request's id has {request.RequestId.Length} characters, {MaxIdLength} are allowed";
            request = new PluginRequest();
            return false;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or MessageFramingException)
        {
            request = new PluginRequest { RequestId = SalvageRequestId(payload.Span) };
            error = $"the request is no readable PluginRequest: {exception.Message}";
            return false;
        }
    }

    /// <summary>
    /// The id comes first, so that it is often readable where the rest is not; then the peer knows what was refused.
    /// </summary>
    public static string SalvageRequestId(ReadOnlySpan<byte> payload)
    {
        const byte Tag = (PluginRequest.RequestIdFieldNumber << 3) | 2;
        if (payload.Length < 2 || payload[0] != Tag || payload[1] > sbyte.MaxValue || payload.Length < 2 + payload[1])
        {
            return "";
        }

        return Encoding.UTF8.GetString(payload.Slice(2, payload[1]));
    }
}
