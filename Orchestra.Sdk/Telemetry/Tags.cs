namespace Orchestra.Sdk.Telemetry;

/// <summary>The names of tags, and values that are the same on each.</summary>
internal static class Tags
{
    public const string System = "rpc.system.name";
    public const string SystemValue = "orchestra";
    public const string Method = "rpc.method";
    public const string Tool = "gen_ai.tool.name";
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string RequestId = "orchestra.request_id";
    public const string CallerPlugin = "orchestra.caller_plugin";
    public const string Session = "session.id";
    public const string Provider = "gen_ai.provider.name";

    /// <summary>What stands for all values that would be too many.</summary>
    public const string Other = "_OTHER";
}
