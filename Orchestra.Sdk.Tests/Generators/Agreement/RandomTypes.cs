using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>
/// Makes up types that can be taken and given back, of every kind and with null wherever it may stand. Whoever leaves out a member learns
/// from <see cref="Hints"/> what it is then.
/// </summary>
internal sealed partial class RandomTypes(Random random)
{
    /// <summary>What the names of the members of flags begin with; their bits follow.</summary>
    public const string FlagPrefix = "Bits";

    private const string JsonName = "System.Text.Json.Serialization.JsonStringEnumMemberName";

    private static readonly string[] Keys =
    [
        "byte", "1 255", "long", "-9223372036854775808 7", "Guid", "123e4567-e89b-12d3-a456-426614174000", "DateOnly", "2026-01-31 2024-02-29",
        "char", "a b", "Int128", "170141183460469231731687303715884105727 1", "Word", "some words", "WordClass", "some words",
    ];

    private static readonly string[] Lists =
    [
        "{0}[]", "List<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "ICollection<{0}>", "LinkedList<{0}>", "Queue<{0}>", "Stack<{0}>",
        "System.Collections.ObjectModel.Collection<{0}>", "System.Collections.Immutable.ImmutableArray<{0}>",
        "System.Collections.Immutable.ImmutableStack<{0}>", "System.Collections.Concurrent.ConcurrentQueue<{0}>", "Bag<{0}>",
    ];

    private static readonly string[] Sets =
    [
        "HashSet<{0}>", "ISet<{0}>", "IReadOnlySet<{0}>", "System.Collections.Immutable.ImmutableHashSet<{0}>",
        "System.Collections.Frozen.FrozenSet<{0}>", "Distinct<{0}>",
    ];

    private static readonly string[] Dictionaries =
    [
        "Dictionary<{1}, {0}>", "IReadOnlyDictionary<{1}, {0}>", "SortedDictionary<{1}, {0}>", "OrderedDictionary<{1}, {0}>",
        "System.Collections.Immutable.ImmutableDictionary<{1}, {0}>", "System.Collections.Frozen.FrozenDictionary<{1}, {0}>", "Map<{1}, {0}>",
    ];

    private readonly StringBuilder _declarations = new($$"""
        public record Page<T>(T[] Items, string? Cursor);
        public class Box<T> { public required T Value { get; init; } [{{Hints.Default("[]")}}] public List<T> More { get; } = []; }
        public class Bag<T> : List<T>;
        public class Distinct<T> : HashSet<T>;
        public class Map<TKey, T> : Dictionary<TKey, T> where TKey : notnull;
        public readonly record struct Word(string Text) : IParsable<Word>, IComparable<Word>
        {
            public static Word Parse(string s, IFormatProvider? provider) => new(s);
            public static bool TryParse(string? s, IFormatProvider? provider, out Word result) => throw new NotSupportedException();
            public int CompareTo(Word other) => string.CompareOrdinal(Text, other.Text);
            public override string ToString() => Text;
        }
        public sealed record WordClass(string Text) : IParsable<WordClass>, IComparable<WordClass>
        {
            public static WordClass Parse(string s, IFormatProvider? provider) => new(s);
            public static bool TryParse(string? s, IFormatProvider? provider, out WordClass result) => throw new NotSupportedException();
            public int CompareTo(WordClass? other) => string.CompareOrdinal(Text, other?.Text);
            public override string ToString() => Text;
        }

        """);

    private int _count;

    public string Declarations => _declarations.ToString();

    /// <summary>A type whose values have so many levels at the most.</summary>
    public string Next(int depth)
    {
        var type = random.Next(depth > 0 ? 10 : 5) switch
        {
            0 => "string",
            1 => Pick(RandomPlugin.Integers),
            2 => Pick(RandomPlugin.Numbers),
            3 or 4 => Scalar(),
            5 => Of(Pick(Lists), Next(depth - 1)),
            6 => Chance(2) ? Of(Pick(Dictionaries), Next(depth - 1), "string") : Of(Pick(Sets), Item()),
            7 => Tuple(depth - 1),
            _ => Object(depth - 1),
        };
        return Chance(3) ? type + "?" : type;
    }

    private string Scalar() => random.Next(6) switch
    {
        0 => "bool",
        1 => Enum(),
        2 => Flags(),
        3 => Pick("Word", "WordClass"),
        4 when Chance(3) => Pick(RandomPlugin.Open),
        _ => Pick(RandomPlugin.Texts),
    };

    /// <summary>What a set may be of: equal where its JSON is.</summary>
    private string Item() => random.Next(6) switch
    {
        0 => "string",
        1 => Pick(RandomPlugin.Integers) + (Chance(2) ? "?" : ""),
        2 => Enum() + (Chance(2) ? "?" : ""),
        3 => Pick("Word", "WordClass"),
        4 => "DateOnly" + (Chance(2) ? "?" : ""),
        _ => "(int, string?)",
    };

    // From eight items on a tuple is one within another.
    private string Tuple(int depth) => $"({string.Join(", ", Enumerable.Range(0, Chance(6) ? 9 : 2 + random.Next(3)).Select(i => Next(i < 3 ? depth : 0) + (Chance(4) ? " Name" + i : "")))})";

    private string Enum()
    {
        var name = NewName();
        var alias = Chance(3) ? $", [{Hints.Alias("Red")}] Crimson = Red, [{Hints.Alias("dark-green")}, {JsonName}(\"light.green\")] Lime = 1" : "";
        return Declare(name, $"public enum {name} : {Pick(RandomPlugin.Integers)} {{ Red, [{JsonName}(\"dark-green\")] DarkGreen, @class{alias} }}");
    }

    private string Flags()
    {
        var name = NewName();
        return Declare(name, "[Flags] public enum " + name + random.Next(7) switch
        {
            0 => " { Bits0 = 0, Bits1 = 1, Bits2 = 2 }",
            1 => " { Bits0 = 0, Bits1 = 1, Bits2 = 2, Bits3 = 3, Bits7 = 7 }",

            // Some bits have no name of their own.
            2 => " : byte { Bits1 = 1, Bits6 = 6, Bits192 = 192 }",
            3 => " : ulong { Bits1 = 1, Bits9223372036854775808 = 1UL << 63, Bits9223372036854775809 = Bits1 | Bits9223372036854775808 }",
            4 => " : sbyte { Bits1 = 1, Bits128 = sbyte.MinValue }",
            5 => $" : int {{ [{JsonName}(\"Bits1\")] One = 1, [{JsonName}(\"Bits2147483648\")] Last = int.MinValue, Bits01 = One, Bits2147483649 = One | Last }}",
            _ => " : sbyte { Bits3 = 3, Bits6 = 6, Bits5 = 5 }",
        });
    }

    private string NewName() => $"Type{_count++}";

    private string Declare(string name, string declaration)
    {
        _declarations.AppendLine(declaration);
        return name;
    }

    private string Pick(params string[] items) => items[random.Next(items.Length)];

    private bool Chance(int oneOf) => random.Next(oneOf) == 0;

    private static string Of(string format, params string[] types) => string.Format(CultureInfo.InvariantCulture, format, types);
}
