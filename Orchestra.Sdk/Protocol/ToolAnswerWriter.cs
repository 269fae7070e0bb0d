using Google.Protobuf;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// Encodes the answer of a tool as protobuf's own code does, byte for byte, and finds each length once: that code counts the bytes of a
/// text six times, and of what lies deeper more often.
/// </summary>
internal static class ToolAnswerWriter
{
    /// <summary>Encodes an answer that has a result.</summary>
    /// <param name="requestId">The request's id.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="MessageFramingException">It is too large.</exception>
    public static PooledBuffer Encode(string requestId, ToolResponse answer)
    {
        // In the order in which they are written.
        using StructSizes sizes = StructSizes.OfThread;
        long size = sizes.OfText(requestId);
        long content = StructSizes.OfField(sizes.Measure(answer.Result)) + sizes.OfText(answer.ErrorCode) + sizes.OfText(answer.ErrorMessage);
        if (answer.Success)
        {
            content += StructSizes.TagSize + 1;
        }

        const int TagOfAnswer = 2;
        size += TagOfAnswer + CodedOutputStream.ComputeUInt32Size((uint)content) + content;
        PooledBuffer buffer = MessageWriter.Begin(size);
        try
        {
            var writer = new StructWriter(buffer.Span[MessageFraming.HeaderSize..], sizes);
            writer.WriteUnlessEmpty(PluginResponse.RequestIdFieldNumber, requestId);
            writer.Begin(PluginResponse.ToolCallFieldNumber, (int)content);
            if (answer.Success)
            {
                writer.WriteVarint(ToolResponse.SuccessFieldNumber, 1);
            }

            writer.Write(ToolResponse.ResultFieldNumber, answer.Result);
            writer.WriteUnlessEmpty(ToolResponse.ErrorCodeFieldNumber, answer.ErrorCode);
            writer.WriteUnlessEmpty(ToolResponse.ErrorMessageFieldNumber, answer.ErrorMessage);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
