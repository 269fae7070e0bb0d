using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestra.Sdk;

/// <summary>A command and its arguments.</summary>
/// <param name="path">The file.</param>
/// <param name="arguments">What comes before the plugin's own flags.</param>
internal sealed class PluginCommand(string path, string[] arguments)
{
    public string Path => path;

    public string[] Arguments => arguments;

    /// <summary>How this process was started, wherever it is started from.</summary>
    public static PluginCommand OfProcess()
    {
        string file = Environment.ProcessPath ?? Environment.GetCommandLineArgs()[0];
        bool isHost = System.IO.Path.GetFileNameWithoutExtension(file).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new PluginCommand(file, isHost ? [System.IO.Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : []);
    }
}

/// <summary>What <c>--mcp-config</c> prints: how AI clients are told to start the plugin, for the user to paste.</summary>
internal static class McpConfiguration
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What means something to a shell.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\"'\\$`&|;<>()*?[]#~!{}");

    /// <param name="program">The program's name.</param>
    /// <param name="command">How it is started.</param>
    public static string Of(string program, PluginCommand command)
    {
        string name = NameOf(program);
        string[] arguments = [.. command.Arguments, "--mcp"];
        string line = Quote(command.Path);
        foreach (string argument in arguments)
        {
            line += " " + Quote(argument);
        }

        return $"""
            # Claude Code, for all your projects:
            claude mcp add --scope user {name} -- {line}

            # Claude Code, for everybody in a project: .mcp.json
            # Cursor: ~/.cursor/mcp.json, or .cursor/mcp.json in a project
            # Claude Desktop: claude_desktop_config.json
            {Json("mcpServers", isTyped: false)}

            # VS Code: .vscode/mcp.json
            {Json("servers", isTyped: true)}

            """;

        string Json(string list, bool isTyped)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                json.WriteStartObject(list);
                json.WriteStartObject(name);
                if (isTyped)
                {
                    json.WriteString("type", "stdio");
                }

                json.WriteString("command", command.Path);
                json.WriteStartArray("args");
                foreach (string argument in arguments)
                {
                    json.WriteStringValue(argument);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(buffer.ToArray());
        }
    }

    // Clients take these characters in the name of a server.
    private static string NameOf(string program)
    {
        var name = new StringBuilder(program.Length);
        foreach (char c in program)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-');
        }

        return name.ToString();
    }

    private static string Quote(string word)
    {
        if (!word.AsSpan().ContainsAny(Special))
        {
            return word;
        }

        return OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
