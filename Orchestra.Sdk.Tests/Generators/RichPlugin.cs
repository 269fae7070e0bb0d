namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The source of a plugin that uses nearly all that there is; it needs no implicit usings and C# 12 only.</summary>
internal static class RichPlugin
{
    public const string TypeName = "Demo.Notes.Shelf";

    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.Runtime.CompilerServices;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Orchestra.Sdk;

        namespace Demo.Notes;

        /// <summary>Keeps notes on a shelf.</summary>
        [Plugin("tools.shelf", Version = "1.2.3", Author = "Ada", NeedsTools = new[] { "greet" })]
        public sealed partial class Shelf : IDisposable
        {
            /// <summary>Add a note.</summary>
            /// <param name="note">What to add.</param>
            /// <param name="level">How much it matters.</param>
            [Tool]
            public Note Add(Note note, Level level = Level.High) => note;

            /// <summary>Find notes by their words.</summary>
            /// <param name="query">Words | of the text.</param>
            /// <param name="limit">How many at the most.</param>
            [Tool(Name = "find-notes", Strict = true)]
            public async Task<Page<Note>> FindAsync(
                [Length(1, 200)] string query,
                [Range(1, 50)] int limit = 10,
                [AllowedValues("title", "age")] string sort = "title",
                CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                return new Page<Note>([], null);
            }

            /// <summary>Count the words of each text.</summary>
            [Tool]
            public Dictionary<string, int> Count([MinLength(1)] string[] texts, double? weight, ToolContext context) => [];

            /// <summary>Grow a tree.</summary>
            [Tool]
            public void Grow(Node root, DateOnly? day = null, Guid id = default, params string[] names) { }

            /// <summary>Follow the notes.</summary>
            [StreamingTool(ContentType = "text/markdown")]
            public async IAsyncEnumerable<string> Follow(
                int count, IProgress<int> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
            {
                for (var i = 0; i < count; i++)
                {
                    await Task.Delay(1, cancellationToken);
                    progress.Report(i);
                    yield return $"note {i}";
                }
            }

            /// <summary>Ask for a summary.</summary>
            /// <param name="about">What of.</param>
            [Prompt]
            public string Summarize(string about, int words = 100) => $"Summarize {about} in {words} words.";

            [OnEvent("note.moved", "shelf=a"), OnEvent("note.added")]
            public Task Moved(Note note, EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;

            public void Dispose() { }
        }

        /// <summary>A note.</summary>
        /// <param name="Title">Its first line.</param>
        /// <param name="Tags">What it is about.</param>
        public record Note(
            [Length(1, 80)] string Title,
            HashSet<string> Tags,
            [property: JsonPropertyName("seen_at")] DateTimeOffset? Seen = null,
            decimal Price = 0.5m);

        public sealed record Page<T>(IReadOnlyList<T> Items, string? Cursor);

        public record Node(string Name, List<Node> Children);

        /// <summary>How much it matters.</summary>
        public enum Level
        {
            Low,
            [JsonStringEnumMemberName("very-high")] High,
        }
        """;
}
