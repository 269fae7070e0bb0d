using System.Text;
using System.Text.Json;

namespace Orchestra.Sdk.Tests.Quic.Qlog;

/// <summary>
/// The records of a qlog file, held to what drafts ietf-quic-qlog-main-schema-02 and ietf-quic-qlog-quic-events-02 require: the members that each
/// must have, and no others than they know.
/// </summary>
internal static class QlogRecords
{
    private static readonly string[] PacketTypes = ["initial", "handshake", "1RTT"];

    private static readonly string[] Triggers =
        ["clean", "handshake_timeout", "idle_timeout", "error", "stateless_reset", "version_mismatch", "application"];

    /// <summary>What an event's data must have, and may have.</summary>
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Events = new()
    {
        ["transport:version_information"] = ([], ["server_versions", "client_versions", "chosen_version"]),
        ["transport:alpn_information"] = (["chosen_alpn"], ["server_alpns", "client_alpns"]),
        ["transport:parameters_set"] = (["owner"],
        [
            "original_destination_connection_id", "initial_source_connection_id", "retry_source_connection_id", "disable_active_migration",
            "max_idle_timeout", "max_udp_payload_size", "ack_delay_exponent", "max_ack_delay", "active_connection_id_limit", "initial_max_data",
            "initial_max_stream_data_bidi_local", "initial_max_stream_data_bidi_remote", "initial_max_stream_data_uni",
            "initial_max_streams_bidi", "initial_max_streams_uni",
        ]),
        ["transport:packet_sent"] = (["header"], ["frames", "raw", "trigger"]),
        ["transport:packet_received"] = (["header"], ["frames", "raw", "trigger"]),
        ["recovery:packet_lost"] = ([], ["header", "trigger"]),
        ["recovery:metrics_updated"] = ([],
            ["min_rtt", "smoothed_rtt", "latest_rtt", "rtt_variance", "pto_count", "congestion_window", "bytes_in_flight"]),
        ["security:key_updated"] = (["key_type"], ["trigger"]),
        ["connectivity:connection_closed"] = ([], ["owner", "connection_code", "application_code", "reason", "trigger"]),
    };

    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Frames = new()
    {
        ["padding"] = (["payload_length"], []),
        ["ping"] = ([], []),
        ["ack"] = (["acked_ranges"], ["ack_delay", "ect0", "ect1", "ce"]),
        ["reset_stream"] = (["stream_id", "error_code", "final_size"], []),
        ["stop_sending"] = (["stream_id", "error_code"], []),
        ["crypto"] = (["offset", "length"], []),
        ["new_token"] = (["token"], []),
        ["stream"] = (["stream_id", "offset", "length"], ["fin"]),
        ["max_data"] = (["maximum"], []),
        ["max_stream_data"] = (["stream_id", "maximum"], []),
        ["max_streams"] = (["stream_type", "maximum"], []),
        ["data_blocked"] = (["limit"], []),
        ["stream_data_blocked"] = (["stream_id", "limit"], []),
        ["streams_blocked"] = (["stream_type", "limit"], []),
        ["new_connection_id"] = (["sequence_number", "retire_prior_to", "connection_id"], ["connection_id_length"]),
        ["retire_connection_id"] = (["sequence_number"], []),
        ["path_challenge"] = ([], []),
        ["path_response"] = ([], []),
        ["connection_close"] = (["error_space", "error_code"], ["reason", "trigger_frame_type"]),
        ["handshake_done"] = ([], []),
        ["unknown"] = (["raw_frame_type"], []),
    };

    /// <summary>The names of all frames.</summary>
    public static IEnumerable<string> FrameNames => Frames.Keys;

    /// <summary>The events of a file, in order; fails where it is none that qvis reads.</summary>
    public static List<JsonElement> Read(byte[] file)
    {
        List<JsonElement> records = [.. Encoding.UTF8.GetString(file).Split('\u001e').Skip(1).Select(static text =>
        {
            Assert.That(text, Does.EndWith("}\n"));
            return JsonDocument.Parse(text).RootElement;
        })];
        Assert.That(file[0], Is.EqualTo(0x1e));
        CheckHeader(records[0]);
        records.RemoveAt(0);
        double last = 0;
        foreach (JsonElement record in records)
        {
            Assert.That(Names(record), Is.EqualTo(["time", "name", "data"]));
            Assert.That(record.GetProperty("time").GetDouble(), Is.GreaterThanOrEqualTo(last), "qvis wants the events in order");
            last = record.GetProperty("time").GetDouble();
            CheckData(NameOf(record), record.GetProperty("data"));
        }

        return records;
    }

    public static string NameOf(JsonElement record) => record.GetProperty("name").GetString()!;

    /// <summary>The frames of packets that were sent or received.</summary>
    public static IEnumerable<JsonElement> FramesOf(IEnumerable<JsonElement> records) => records
        .Where(static record => record.GetProperty("data").TryGetProperty("frames", out _))
        .SelectMany(static record => record.GetProperty("data").GetProperty("frames").EnumerateArray());

    private static void CheckHeader(JsonElement header)
    {
        // qvis reads no file without these.
        Assert.That(header.GetProperty("qlog_version").GetString(), Is.EqualTo("0.3"));
        Assert.That(header.GetProperty("qlog_format").GetString(), Is.EqualTo("JSON-SEQ"));
        JsonElement trace = header.GetProperty("trace");
        Assert.That(trace.GetProperty("vantage_point").GetProperty("type").GetString(), Is.EqualTo("client").Or.EqualTo("server"));
        JsonElement common = trace.GetProperty("common_fields");
        Assert.That(common.GetProperty("time_format").GetString(), Is.EqualTo("relative"));
        Assert.That(common.GetProperty("reference_time").GetDouble(), Is.Positive);
        Assert.That(common.GetProperty("group_id").GetString(), Is.Not.Empty);
    }

    private static void CheckData(string name, JsonElement data)
    {
        Assert.That(Events, Contains.Key(name));
        CheckMembers(name, data, Events[name], []);
        if (data.TryGetProperty("header", out JsonElement header))
        {
            CheckMembers(name, header, (["packet_type"], ["packet_number", "version", "scil", "dcil", "scid", "dcid"]), []);
            Assert.That(PacketTypes, Does.Contain(header.GetProperty("packet_type").GetString()));
        }

        if (data.TryGetProperty("trigger", out JsonElement trigger) && name == "connectivity:connection_closed")
        {
            Assert.That(Triggers, Does.Contain(trigger.GetString()));
        }

        if (data.TryGetProperty("frames", out JsonElement frames))
        {
            foreach (JsonElement frame in frames.EnumerateArray())
            {
                string type = frame.GetProperty("frame_type").GetString()!;
                Assert.That(Frames, Contains.Key(type));
                CheckMembers(type, frame, Frames[type], ["frame_type"]);
            }
        }
    }

    private static void CheckMembers(string what, JsonElement data, (string[] Required, string[] Optional) known, string[] more)
    {
        string[] names = Names(data);
        Assert.That(known.Required.Except(names), Is.Empty, $"members that {what} must have");
        Assert.That(names.Except(known.Required).Except(known.Optional).Except(more), Is.Empty, $"members that {what} has not");
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(static member => member.Name)];
}
