using System.Text.Json;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Qlog;

/// <summary>
/// Writes down what happens on a connection: qlog 0.3, which is drafts ietf-quic-qlog-main-schema-02 and ietf-quic-qlog-quic-events-02, the newest
/// that qvis reads. No key, token, reset token or content of a stream is in it.
/// </summary>
internal sealed class ConnectionLog : IDisposable
{
    private readonly QlogFile _file;
    private readonly long _start;
    private readonly bool _isServer;
    private (long Minimum, long Smoothed, long Latest, long Variation, int Probes, long Window, long InFlight) _metrics;

    public ConnectionLog(QlogFile file, in ConnectionId originalDestination, bool isServer, long now, DateTimeOffset time)
    {
        _file = file;
        _start = now;
        _isServer = isServer;
        Now = now;
        WriteHeader(originalDestination, time);
        if (Begin("transport:version_information") is { } json)
        {
            json.WriteString("chosen_version", "1");
            End(json);
        }
    }

    /// <summary>The connection's time, of what is told next.</summary>
    public long Now { get; set; }

    /// <summary>Whether it was told that the connection is over.</summary>
    public bool IsClosed { get; private set; }

    public void OnProtocol(string protocol)
    {
        if (Begin("transport:alpn_information") is { } json)
        {
            json.WriteString("chosen_alpn", protocol);
            End(json);
        }
    }

    public void OnParameters(bool isLocal, TransportParameters parameters)
    {
        if (Begin("transport:parameters_set") is { } json)
        {
            json.WriteString("owner", isLocal ? "local" : "remote");
            WriteId(json, "original_destination_connection_id", parameters.OriginalDestinationConnectionId);
            WriteId(json, "initial_source_connection_id", parameters.InitialSourceConnectionId);
            WriteId(json, "retry_source_connection_id", parameters.RetrySourceConnectionId);
            json.WriteBoolean("disable_active_migration", parameters.DisableActiveMigration);
            json.WriteNumber("max_idle_timeout", parameters.MaxIdleTimeout);
            json.WriteNumber("max_udp_payload_size", parameters.MaxUdpPayloadSize);
            json.WriteNumber("ack_delay_exponent", parameters.AckDelayExponent);
            json.WriteNumber("max_ack_delay", parameters.MaxAckDelay);
            json.WriteNumber("active_connection_id_limit", parameters.ActiveConnectionIdLimit);
            json.WriteNumber("initial_max_data", parameters.InitialMaxData);
            json.WriteNumber("initial_max_stream_data_bidi_local", parameters.InitialMaxStreamDataBidiLocal);
            json.WriteNumber("initial_max_stream_data_bidi_remote", parameters.InitialMaxStreamDataBidiRemote);
            json.WriteNumber("initial_max_stream_data_uni", parameters.InitialMaxStreamDataUni);
            json.WriteNumber("initial_max_streams_bidi", parameters.InitialMaxStreamsBidi);
            json.WriteNumber("initial_max_streams_uni", parameters.InitialMaxStreamsUni);
            End(json);
        }
    }

    /// <summary>A packet, before it is encrypted.</summary>
    public void OnSent(in LoggedPacket packet) => WritePacket("transport:packet_sent", packet);

    /// <summary>A packet that is authentic and new, and is looked at next.</summary>
    public void OnReceived(in LoggedPacket packet) => WritePacket("transport:packet_received", packet);

    public void OnLost(PacketNumberSpace space, long number, bool isReordered)
    {
        if (Begin("recovery:packet_lost") is { } json)
        {
            json.WriteStartObject("header");
            json.WriteString("packet_type", TypeOf(space));
            json.WriteNumber("packet_number", number);
            json.WriteEndObject();
            json.WriteString("trigger", isReordered ? "reordering_threshold" : "time_threshold");
            End(json);
        }
    }

    /// <summary>Writes what is another than when it was written last.</summary>
    public void OnMetrics(PathEstimates path, int unansweredProbes)
    {
        var metrics = (
            path.Rtt.Minimum,
            path.Rtt.Smoothed,
            path.Rtt.Latest,
            path.Rtt.Variation,
            unansweredProbes,
            path.Congestion.Window,
            path.Congestion.BytesInFlight);
        if (metrics == _metrics || Begin("recovery:metrics_updated") is not { } json)
        {
            return;
        }

        _metrics = metrics;
        if (path.Rtt.HasSample)
        {
            WriteTime(json, "min_rtt", path.Rtt.Minimum);
            WriteTime(json, "smoothed_rtt", path.Rtt.Smoothed);
            WriteTime(json, "latest_rtt", path.Rtt.Latest);
            WriteTime(json, "rtt_variance", path.Rtt.Variation);
        }

        json.WriteNumber("pto_count", unansweredProbes);
        json.WriteNumber("congestion_window", path.Congestion.Window);
        json.WriteNumber("bytes_in_flight", path.Congestion.BytesInFlight);
        End(json);
    }

    /// <summary>Both keys of a level are there, or are others now. The keys themselves are told nobody.</summary>
    /// <param name="level"><c>handshake</c> or <c>1rtt</c>.</param>
    /// <param name="trigger"><c>tls</c>, <c>local_update</c> or <c>remote_update</c>.</param>
    public void OnKeys(string level, string trigger)
    {
        foreach (string side in (ReadOnlySpan<string>)["client", "server"])
        {
            if (Begin("security:key_updated") is { } json)
            {
                json.WriteString("key_type", $"{side}_{level}_secret");
                json.WriteString("trigger", trigger);
                End(json);
            }
        }
    }

    /// <summary>The connection is over, or waits only to say so.</summary>
    /// <param name="isLocal">Whether we ended it.</param>
    /// <param name="code">The error code; null where nobody said one.</param>
    /// <param name="isApplication">Whose code it is.</param>
    /// <param name="reason">The words.</param>
    /// <param name="trigger">The draft's word for it.</param>
    public void OnClosed(bool isLocal, long? code, bool isApplication, string reason, string trigger)
    {
        IsClosed = true;
        if (Begin("connectivity:connection_closed") is { } json)
        {
            json.WriteString("owner", isLocal ? "local" : "remote");
            if (code is { } number)
            {
                json.WriteNumber(isApplication ? "application_code" : "connection_code", number);
            }

            json.WriteString("reason", reason);
            json.WriteString("trigger", trigger);
            End(json);
        }

        _file.Flush();
    }

    /// <summary>Writes what is there, for whoever reads the file meanwhile.</summary>
    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private void WriteHeader(in ConnectionId originalDestination, DateTimeOffset time)
    {
        if (_file.Begin() is not { } json)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("qlog_version", "0.3");
        json.WriteString("qlog_format", "JSON-SEQ");
        json.WriteString("title", "Orchestra.Quic");
        json.WriteStartObject("trace");
        json.WriteStartObject("vantage_point");
        json.WriteString("name", "Orchestra.Quic");
        json.WriteString("type", _isServer ? "server" : "client");
        json.WriteEndObject();
        json.WriteStartObject("common_fields");
        WriteId(json, "ODCID", originalDestination);
        WriteId(json, "group_id", originalDestination);
        json.WriteStartArray("protocol_type");
        json.WriteStringValue("QUIC");
        json.WriteEndArray();
        json.WriteString("time_format", "relative");
        json.WriteNumber("reference_time", time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        _file.End();
    }

    private void WritePacket(string name, in LoggedPacket packet)
    {
        if (Begin(name) is not { } json)
        {
            return;
        }

        json.WriteStartObject("header");
        json.WriteString("packet_type", TypeOf(packet.Space));
        json.WriteNumber("packet_number", packet.Number);
        if (packet.Space != PacketNumberSpace.Application)
        {
            json.WriteString("version", "1");
            json.WriteNumber("scil", packet.Source.Length);
            WriteId(json, "scid", packet.Source);
        }

        json.WriteNumber("dcil", packet.Destination.Length);
        WriteId(json, "dcid", packet.Destination);
        json.WriteEndObject();
        json.WriteStartObject("raw");
        json.WriteNumber("length", packet.Length);
        json.WriteNumber("payload_length", packet.Payload.Length);
        json.WriteEndObject();
        FrameLog.Write(json, packet.Payload, packet.AckDelayExponent);
        End(json);
    }

    private Utf8JsonWriter? Begin(string name)
    {
        if (_file.Begin() is not { } json)
        {
            return null;
        }

        json.WriteStartObject();
        WriteTime(json, "time", Now - _start);
        json.WriteString("name", name);
        json.WriteStartObject("data");
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        _file.End();
    }

    private static void WriteId(Utf8JsonWriter json, string name, ConnectionId? id)
    {
        if (id is { } there)
        {
            json.WriteString(name, there.ToString());
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long microseconds) => json.WriteNumber(name, microseconds / 1000.0);

    private static string TypeOf(PacketNumberSpace space) => space switch
    {
        PacketNumberSpace.Initial => "initial",
        PacketNumberSpace.Handshake => "handshake",
        _ => "1RTT",
    };
}
