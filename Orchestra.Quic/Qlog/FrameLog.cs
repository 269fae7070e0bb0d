using System.Text;
using System.Text.Json;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Qlog;

/// <summary>Writes the frames of a packet, ietf-quic-qlog-quic-events-02 appendix A.7, without what they carry.</summary>
internal static class FrameLog
{
    private const int MaxReasonLength = 256;

    /// <summary>Writes them as far as they can be read.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> payload, int ackDelayExponent)
    {
        json.WriteStartArray("frames");
        var reader = new FrameReader(payload);
        try
        {
            while (reader.TryRead(out Frame frame))
            {
                json.WriteStartObject();
                Write(json, frame, ackDelayExponent);
                json.WriteEndObject();
            }
        }
        catch (TransportException exception)
        {
            json.WriteStartObject();
            json.WriteString("frame_type", "unknown");
            json.WriteNumber("raw_frame_type", exception.FrameType);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, in Frame frame, int ackDelayExponent)
    {
        json.WriteString("frame_type", NameOf(frame.Type));
        switch (frame.Type)
        {
            case FrameType.Padding:
                // As many as there are, in one.
                json.WriteNumber("payload_length", 0);
                break;
            case FrameType.Ack or FrameType.AckEcn:
                WriteAck(json, frame, ackDelayExponent);
                break;
            case FrameType.ResetStream:
                json.WriteNumber("stream_id", frame.StreamId);
                json.WriteNumber("error_code", frame.ErrorCode);
                json.WriteNumber("final_size", frame.FinalSize);
                break;
            case FrameType.StopSending:
                json.WriteNumber("stream_id", frame.StreamId);
                json.WriteNumber("error_code", frame.ErrorCode);
                break;
            case FrameType.Crypto:
                json.WriteNumber("offset", frame.Offset);
                json.WriteNumber("length", frame.Data.Length);
                break;
            case FrameType.NewToken:
                json.WriteStartObject("token");
                json.WriteNumber("length", frame.Data.Length);
                json.WriteEndObject();
                break;
            case FrameType.Stream:
                json.WriteNumber("stream_id", frame.StreamId);
                json.WriteNumber("offset", frame.Offset);
                json.WriteNumber("length", frame.Data.Length);
                json.WriteBoolean("fin", frame.Fin);
                break;
            case FrameType.MaxStreamData:
                json.WriteNumber("stream_id", frame.StreamId);
                json.WriteNumber("maximum", frame.Maximum);
                break;
            case FrameType.StreamDataBlocked:
                json.WriteNumber("stream_id", frame.StreamId);
                json.WriteNumber("limit", frame.Maximum);
                break;
            case FrameType.MaxData:
                json.WriteNumber("maximum", frame.Maximum);
                break;
            case FrameType.DataBlocked:
                json.WriteNumber("limit", frame.Maximum);
                break;
            case FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni:
                json.WriteString("stream_type", frame.Type == FrameType.MaxStreamsBidi ? "bidirectional" : "unidirectional");
                json.WriteNumber("maximum", frame.Maximum);
                break;
            case FrameType.StreamsBlockedBidi or FrameType.StreamsBlockedUni:
                json.WriteString("stream_type", frame.Type == FrameType.StreamsBlockedBidi ? "bidirectional" : "unidirectional");
                json.WriteNumber("limit", frame.Maximum);
                break;
            case FrameType.NewConnectionId:
                json.WriteNumber("sequence_number", frame.SequenceNumber);
                json.WriteNumber("retire_prior_to", frame.RetirePriorTo);
                json.WriteNumber("connection_id_length", frame.ConnectionId.Length);
                json.WriteString("connection_id", frame.ConnectionId.ToString());
                break;
            case FrameType.RetireConnectionId:
                json.WriteNumber("sequence_number", frame.SequenceNumber);
                break;
            case FrameType.ConnectionClose or FrameType.ApplicationClose:
                WriteClose(json, frame);
                break;

                // PING, HANDSHAKE_DONE and the tests of a path say nothing but what they are.
        }
    }

    private static void WriteAck(Utf8JsonWriter json, in Frame frame, int ackDelayExponent)
    {
        json.WriteNumber("ack_delay", Math.ScaleB(frame.AckDelay, ackDelayExponent) / 1000.0);
        json.WriteStartArray("acked_ranges");
        foreach ((long smallest, long largest) in frame.Acks)
        {
            json.WriteStartArray();
            json.WriteNumberValue(smallest);
            json.WriteNumberValue(largest);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (frame.HasEcnCounts)
        {
            json.WriteNumber("ect0", frame.Ecn.Ect0);
            json.WriteNumber("ect1", frame.Ecn.Ect1);
            json.WriteNumber("ce", frame.Ecn.Ce);
        }
    }

    private static void WriteClose(Utf8JsonWriter json, in Frame frame)
    {
        bool isApplication = frame.Type == FrameType.ApplicationClose;
        json.WriteString("error_space", isApplication ? "application" : "transport");
        json.WriteNumber("error_code", frame.ErrorCode);
        json.WriteString("reason", Encoding.UTF8.GetString(frame.Reason[..Math.Min(frame.Reason.Length, MaxReasonLength)]));
        if (!isApplication && frame.OffendingFrameType != 0)
        {
            json.WriteNumber("trigger_frame_type", frame.OffendingFrameType);
        }
    }

    private static string NameOf(FrameType type) => type switch
    {
        FrameType.Padding => "padding",
        FrameType.Ping => "ping",
        FrameType.Ack or FrameType.AckEcn => "ack",
        FrameType.ResetStream => "reset_stream",
        FrameType.StopSending => "stop_sending",
        FrameType.Crypto => "crypto",
        FrameType.NewToken => "new_token",
        FrameType.Stream => "stream",
        FrameType.MaxData => "max_data",
        FrameType.MaxStreamData => "max_stream_data",
        FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni => "max_streams",
        FrameType.DataBlocked => "data_blocked",
        FrameType.StreamDataBlocked => "stream_data_blocked",
        FrameType.StreamsBlockedBidi or FrameType.StreamsBlockedUni => "streams_blocked",
        FrameType.NewConnectionId => "new_connection_id",
        FrameType.RetireConnectionId => "retire_connection_id",
        FrameType.PathChallenge => "path_challenge",
        FrameType.PathResponse => "path_response",
        FrameType.HandshakeDone => "handshake_done",
        _ => "connection_close",
    };
}
