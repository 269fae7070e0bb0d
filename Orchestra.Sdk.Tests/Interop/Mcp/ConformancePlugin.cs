using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>The tools, prompts and resources that the scenarios of MCP's conformance suite look for, as far as a plugin can have them.</summary>
internal static class ConformancePlugin
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Google.Protobuf;
        using Orchestra.Sdk;
        using Orchestra.Sdk.Messages;

        public enum Language { CSharp, Go, Rust }

        /// <summary>What MCP's conformance suite looks for.</summary>
        [Plugin("tools.conformance", Version = "1.0.0", ProvidesStorage = ["test"])]
        public partial class TestPlugin : IStorageHandler
        {
            private static readonly Dictionary<string, ByteString> Entries = new()
            {
                ["static-text"] = ByteString.CopyFromUtf8("This is the content of the static text resource."),
                ["static-binary"] = ByteString.CopyFrom(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0),
                ["template/123/data"] = ByteString.CopyFromUtf8("{\"id\":\"123\",\"templateTest\":true,\"data\":\"Data for ID: 123\"}"),
            };

            /// <summary>Answers with a text.</summary>
            [Tool(Name = "test_simple_text")] public string SimpleText() => "This is a simple text response for testing.";

            /// <summary>Fails.</summary>
            [Tool(Name = "test_error_handling")]
            public string Fail() => throw new ToolException("test_failure", "This tool intentionally returns an error for testing");

            /// <summary>Reports its progress.</summary>
            [Tool(Name = "test_tool_with_progress")]
            public async Task<string> Report(IProgress<ProgressReport> progress, CancellationToken cancellationToken)
            {
                foreach (int done in new[] { 1, 50, 100 })
                {
                    progress.Report(new ProgressReport(done, 100));

                    // So that each is told.
                    await Task.Delay(TimeSpan.FromMilliseconds(120), cancellationToken);
                }

                return "done";
            }

            /// <summary>Sends no log, which the suite looks for.</summary>
            [Tool(Name = "test_logging_tool")] public string Log() => "logged nowhere";

            /// <summary>Asks the client nothing, which the suite looks for.</summary>
            [Tool(Name = "test_streaming_elicitation")] public string Elicit() => "nothing to ask";

            /// <summary>A prompt without arguments.</summary>
            [Prompt(Name = "test_simple_prompt")] public string SimplePrompt() => "This is a simple prompt for testing.";

            /// <summary>A prompt with arguments.</summary>
            /// <param name="arg1">The first.</param>
            /// <param name="arg2">The second.</param>
            [Prompt(Name = "test_prompt_with_arguments")]
            public string PromptWithArguments(string arg1, string arg2) => $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

            /// <summary>A prompt of whose argument there are completions.</summary>
            /// <param name="language">Which one.</param>
            [Prompt(Name = "test_prompt_of_language")] public string PromptOfLanguage(Language language) => $"Speak {language}.";

            public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
                new(Entries.TryGetValue(request.Path, out ByteString? content)
                    ? new StorageReadResponse { Content = content, Version = 1 }
                    : new StorageReadResponse());

            public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken)
            {
                var response = new StorageListResponse();
                foreach (var entry in Entries)
                {
                    response.Entries.Add(new StorageEntry { Path = entry.Key, Size = entry.Value.Length, Version = 1 });
                }

                return new(response);
            }

            public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
                new(new StorageWriteResponse { Error = "read only" });

            public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
                new(new StorageDeleteResponse());
        }
        """;

    public static ExportedPlugin Create()
    {
        ExportedPlugin plugin = CompiledPlugin.Load(Source).Export();
        int changes = 0;
        plugin.Server.RegisterTool("test_trigger_tool_change", "Adds a tool.", inputSchema: null, (_, _, _) =>
        {
            plugin.Server.RegisterTool($"new_{changes++}", "Is new.", inputSchema: null, static (_, _, _) => new(ToolResult.Text("new")));
            return new(ToolResult.Text("added"));
        });
        plugin.Server.RegisterTool("test_trigger_prompt_change", "Adds a prompt.", inputSchema: null, (_, _, _) =>
        {
            plugin.Server.RegisterPrompt(
                new PromptDefinition { Name = $"new_{changes++}", Description = "Is new." }, static (_, _, _) => new(new PromptGetResponse()));
            return new(ToolResult.Text("added"));
        });
        return plugin;
    }
}
