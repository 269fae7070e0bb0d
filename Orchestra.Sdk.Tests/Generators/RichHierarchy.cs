namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Plugins that inherit from generic bases and interfaces, and types that hide, override and hold one another.</summary>
internal static class RichHierarchy
{
    public const string Source = """
        using System.Text.Json;
        using System.Text.Json.Serialization;

        namespace Demo;

        /// <summary>Tools to keep things.</summary>
        public abstract class CrudTools<TKey, T> : IShelf<T>
            where TKey : notnull, IParsable<TKey>
            where T : class, new()
        {
            protected readonly Dictionary<TKey, T> Items = [];

            /// <summary>Finds one.</summary>
            /// <param name="key">Its key.</param>
            [Tool] public T? Find(TKey key) => Items.GetValueOrDefault(key);

            /// <summary>Stores one.</summary>
            [Tool(Name = "store")] public virtual Task StoreAsync([Argument(Name = "key")] TKey key, T item, CancellationToken token) => Task.CompletedTask;

            [StreamingTool] protected internal async IAsyncEnumerable<KeyValuePair<TKey, T>> All() { await Task.Yield(); yield break; }

            [Tool] public static int Count<TItem>(List<TItem> items) => items.Count;
        }

        public interface IShelf<in T>
        {
            [Prompt] string Ask(int about = 1) => $"About {about}";

            [OnEvent("moved")] void Moved(Dictionary<string, JsonElement> payload) { }

            [Tool] static string Name() => nameof(T);
        }

        [Plugin("tools.books")]
        public partial class Books : CrudTools<Id<Book>, Book>, IShelf<object>
        {
            public override Task StoreAsync(Id<Book> key, Book item, CancellationToken token) => base.StoreAsync(key, item, token);

            [Tool] public new Optional<int>? Find(string key) => null;

            string IShelf<object>.Ask(int about) => "nothing";

            [Plugin("tools.inner")] private sealed partial class Inner : Books { [Tool] public static Change Same(Change change) => change; }
        }

        public readonly record struct Id<T>(int Value) : IParsable<Id<T>>
        {
            public static Id<T> Parse(string s, IFormatProvider? provider) => new(int.Parse(s, provider));
            public static bool TryParse(string? s, IFormatProvider? provider, out Id<T> result) => throw new NotSupportedException();
        }

        public class Entity<TSelf> where TSelf : Entity<TSelf>
        {
            public virtual int Number { get; protected set; } = 1;
            [JsonInclude] internal int Version { get; init; }
            [Obsolete("gone", true)] public int Old { get; set; }
            public Tree<TSelf>? Tree { get; set; }
        }

        public class Book : Entity<Book>
        {
            public override int Number { get => base.Number; }
            internal new string Version = "";
            public List<string> Tags { get; } = [];
            public Stack<(int? From, int? To)> Pages { get; init; } = new();
            [JsonExtensionData] public IDictionary<string, object?>? More { get; set; }
        }

        public record Tree<T>(T? Value, Dictionary<DayOfWeek, Tree<T>> Branches, Tags? Tags = null);

        public class Tags : List<string>;

        public record Change(Optional<string?> Title, Optional<DateOnly?> Due = default) { public required Optional<Finger<int>> Finger { private get; init; } }

        public class Finger<T> { public Finger<List<T>>? Deeper { get; set; } }
        """;
}
