using System.Text;
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
        StructSizes sizes = StructSizes.OfThread;
        long content = StructSizes.OfField(sizes.Measure(answer.Result)) + OfText(answer.ErrorCode) + OfText(answer.ErrorMessage);
        if (answer.Success)
        {
            content += StructSizes.TagSize + 1;
        }

        const int TagOfAnswer = 2;
        long size = OfText(requestId) + TagOfAnswer + CodedOutputStream.ComputeUInt32Size((uint)content) + content;
        PooledBuffer buffer = MessageWriter.Begin(size);
        try
        {
            var writer = new StructWriter(buffer.Span[MessageFraming.HeaderSize..], sizes);
            WriteText(ref writer, PluginResponse.RequestIdFieldNumber, requestId);
            writer.Begin(PluginResponse.ToolCallFieldNumber, (int)content);
            if (answer.Success)
            {
                writer.WriteVarint(ToolResponse.SuccessFieldNumber, 1);
            }

            writer.Write(ToolResponse.ResultFieldNumber, answer.Result);
            WriteText(ref writer, ToolResponse.ErrorCodeFieldNumber, answer.ErrorCode);
            WriteText(ref writer, ToolResponse.ErrorMessageFieldNumber, answer.ErrorMessage);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static long OfText(string text) => text.Length == 0 ? 0 : StructSizes.OfField(Encoding.UTF8.GetByteCount(text));

    private static void WriteText(ref StructWriter writer, int field, string text)
    {
        if (text.Length > 0)
        {
            writer.Write(field, text, Encoding.UTF8.GetByteCount(text));
        }
    }
}
