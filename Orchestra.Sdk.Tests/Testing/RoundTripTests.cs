namespace Orchestra.Sdk.Tests.Testing;

/// <summary>What a typed call sends is what is read of the answer, for each row of the table in docs/schema.md and in every naming.</summary>
internal sealed class RoundTripTests
{
    private static readonly (string Type, string Value)[] Values =
    [
        ("string", "\"a \\\"text\\\"\\n\""), ("bool", "true"), ("char", "'ß'"), ("sbyte", "-1"), ("byte", "255"), ("short", "-2"), ("ushort", "3"),
        ("int", "int.MinValue"), ("uint", "uint.MaxValue"), ("long", "long.MaxValue"), ("ulong", "ulong.MaxValue"),
        ("Half", "(Half)1.5"), ("float", "1.1f"), ("double", "0.1"), ("decimal", "79228162514264337593543950335m"), ("decimal", "1.10m"),
        ("Int128", "Int128.MinValue"), ("UInt128", "UInt128.MaxValue"), ("System.Numerics.BigInteger", "System.Numerics.BigInteger.Pow(7, 99)"),
        ("Level", "Level.VeryHigh"), ("Rights", "Rights.ReadAll | Rights.WriteAll"),
        ("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc)"), ("DateTimeOffset", "new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))"),
        ("DateOnly", "new DateOnly(2026, 1, 2)"), ("TimeOnly", "new TimeOnly(1, 2, 3)"), ("TimeSpan", "TimeSpan.FromSeconds(90061.5)"),
        ("Guid", "Guid.Parse(\"6f9619ff-8b86-d011-b42d-00c04fc964ff\")"), ("Uri", "new Uri(\"https://a.b/c?d\")"), ("Version", "new Version(1, 2, 3)"),
        ("int?", "null"), ("int?", "5"), ("string?", "null"), ("byte[]", "new byte[] { 0, 255 }"), ("ReadOnlyMemory<byte>", "new byte[] { 1, 2 }"),
        ("string[]", "new[] { \"a\", \"b\" }"), ("List<int?>", "new() { 1, null }"), ("IReadOnlyList<Item>", "new[] { new Item(\"a\") }"),
        ("System.Collections.Immutable.ImmutableArray<Level>", "[Level.Low]"), ("HashSet<string>", "new() { \"x\" }"),
        ("Dictionary<string, Item?>", "new() { [\"some_key\"] = new(\"a\"), [\"Key\"] = null }"), ("Dictionary<Level, int>", "new() { [Level.VeryHigh] = 1 }"),
        ("SortedDictionary<int, string>", "new() { [2] = \"b\" }"), ("(int, string)", "(1, \"a\")"), ("System.Net.IPAddress", "System.Net.IPAddress.Loopback"),
        ("Item", "new Item(\"a\") { OtherName = [1, 2], Nested = new(\"b\") }"), ("Point", "new Point { X = 1, Y = null }"),
        ("Shape", "new Circle(2.5)"), ("Shape", "new Square(3, Level.VeryHigh)"), ("Open", "new Open { More = { [\"any_Name\"] = System.Text.Json.JsonDocument.Parse(\"[1]\").RootElement } }"),
        ("Sparse", "new Sparse()"), ("Sparse", "new Sparse { MaybeName = null }"), ("Sparse", "new Sparse { MaybeName = \"n\", LeftOut = 4 }"),
        ("System.Text.Json.JsonElement", "System.Text.Json.JsonDocument.Parse(\"{\\\"aB\\\":[1,null]}\").RootElement"),
    ];

    private const string Types = """
        using System.Text.Json.Serialization;
        public enum Level { Low, VeryHigh, [JsonStringEnumMemberName("own")] Own }
        [Flags] public enum Rights { None = 0, ReadAll = 1, WriteAll = 2 }
        public sealed record Item(string ItemName, Level TheLevel = Level.VeryHigh) { public int[] OtherName { get; init; } = []; public Item? Nested { get; init; } }
        public struct Point { public double X { get; set; } public int? Y { get; set; } }
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")] public abstract record Shape;
        public sealed record Circle(double TheRadius) : Shape;
        public sealed record Square(int TheSide, Level TheLevel) : Shape;
        public sealed class Open { [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement> More { get; init; } = []; }
        public sealed class Sparse
        {
            public Optional<string?> MaybeName { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int LeftOut { get; init; }
        }

        """;

    [TestCase("")]
    [TestCase(", ArgumentNames = NamingPolicy.SnakeCase, EnumNames = NamingPolicy.KebabCase")]
    [TestCase(", ArgumentNames = NamingPolicy.AsWritten, EnumNames = NamingPolicy.CamelCase")]
    public async Task Gives_back_what_was_sent(string names)
    {
        var plugin = Types + $$"""
            public sealed record Holder<T>(T TheValue);
            [Plugin("p"{{names}})] public partial class P
            {
                /// <summary>Echoes.</summary>
                [Tool] public System.Text.Json.JsonElement Echo(System.Text.Json.JsonElement x) => x;
                {{string.Concat(Values.Select(value => value.Type).Distinct().Select((type, i) => $"/// <summary>Takes.</summary>\n[Tool] public Holder<{type}> Take{i}(Holder<{type}> x) => x;\n"))}}
            }
            """;
        var types = Values.Select(value => value.Type).Distinct().ToList();
        var statements = string.Concat(Values.Select((value, i) => $$"""

            {
                var sent = await plugin.CallToolAsync("echo", new { x = new Holder<{{value.Type}}>({{value.Value}}) });
                var read = sent.ReadAs<Holder<{{value.Type}}>>();
                var again = await plugin.CallToolAsync("echo", new { x = read });
                var taken = await plugin.CallToolAsync("take{{types.IndexOf(value.Type)}}", new { x = read });
                if (!sent.Result.Equals(again.Result) || !sent.Result.Equals(taken.EnsureSuccess().Result))
                {
                    wrong.Add($"{{value.Type}}: {sent.Result} {again.Result} {taken.Result}");
                }
            }
            """));

        Assert.That(
            await TypedCallHarness.RunAsync(plugin, $"var wrong = new List<string>();{statements}\nreturn string.Join('\\n', wrong);"),
            Is.Empty);
    }
}
