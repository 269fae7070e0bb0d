namespace Orchestra.Examples.Host.Shell;

/// <summary>What the shell understands beside the names of tools.</summary>
internal static class Verbs
{
    public const string Call = "call";
    public const string Describe = "describe";
    public const string Exit = "exit";
    public const string Help = "help";
    public const string Prompt = "prompt";
    public const string Publish = "publish";
    public const string Reload = "reload";
    public const string Storage = "storage";
    public const string Stream = "stream";
    public const string Tools = "tools";
    public const string Watch = "watch";

    /// <summary>Each with how it is used, and what for.</summary>
    public static IReadOnlyList<(string Name, string Usage, string Description)> All { get; } =
    [
        (Tools, "tools", "what the plugins provide"),
        (Describe, "describe TOOL", "a tool and its arguments"),
        (Call, "[call] TOOL KEY=VALUE… | JSON", "calls a tool"),
        (Stream, "stream TOOL KEY=VALUE… | JSON", "calls a streaming tool, and prints its chunks as they come"),
        (Prompt, "prompt NAME KEY=VALUE…", "gets a prompt"),
        (Storage, "storage list|read|delete PATH", "what the plugins store"),
        (Publish, "publish TOPIC KEY=VALUE… | JSON", "brings an event to the plugins"),
        (Watch, "watch TOPIC…", "shows the events that the plugins publish from now on"),
        (Reload, "reload", "builds again, and starts again"),
        (Help, "help", "this"),
        (Exit, "exit", "ends the plugins and the shell; Ctrl-D does so too"),
    ];
}
