using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Signatures and types as a C# author writes them: each compiles without a warning, and is called.</summary>
public sealed class OrdinarySignatureTests
{
    private static readonly TestCaseData[] Calls =
    [
        Case("Person M(Person x) => x;", "record Person(string Name, int? Age, DateOnly? Born, Address? Home); record Address(string Street, string? Zip = null);",
            """{"x":{"name":"Ada","home":{"street":"a"}}}""", """{"name":"Ada","age":null,"born":null,"home":{"street":"a","zip":null}}"""),
        Case("Manager M(Manager x) => x;", "record Person(string Name); record Manager(string Name, Person[] Reports) : Person(Name);",
            """{"x":{"name":"A","reports":[{"name":"B"}]}}""", """{"name":"A","reports":[{"name":"B"}]}"""),
        Case("R M(R x) => x;", "record Base(int A) { public int B { get; init; } = 2; } record R(int C) : Base(C + 1) { public required string D { get; init; } }",
            """{"x":{"c":1,"d":"d","b":5}}""", """{"a":2,"b":5,"c":1,"d":"d"}"""),
        Case("Result<int> M(Result<string> x) => new(x.Value?.Length ?? -1, null);", "record Result<T>(T? Value, string? Error);",
            """{"x":{"value":"abc"}}""", """{"value":3,"error":null}"""),
        Case("Result<int?>[] M(Result<int> x) => [new(x.Value), new(null)];", "readonly record struct Result<T>(T Value);", """{"x":{"value":1}}""", """{"data":[{"value":1},{"value":null}]}"""),
        Case("Outer<int>.Inner<string> M(Outer<int>.Inner<string> x) => x;", "class Outer<T> { public record Inner<U>(T A, U B); }", """{"x":{"a":1,"b":"b"}}""", """{"a":1,"b":"b"}"""),
        Case("R M(R x) => x;", "class R(int a, params string[] names) { public int A => a; public IReadOnlyList<string> Names { get; } = names; public List<int> More { get; init; } = [1, 2]; }",
            """{"x":{"a":1}}""", """{"a":1,"names":[],"more":[1,2]}"""),
        Case("R M(R x) => x;", "class R { public required Shade Color { get; init; } public Shade? Other { get; set; } public enum Shade : byte { Red, Green } }",
            """{"x":{"color":"Green"}}""", """{"color":"Green","other":null}"""),
        Case("int[][] M(int[][] x, List<(int A, string? B)>[] y) => x;", "", """{"x":[[1],[]],"y":[[[1,null]]]}""", """{"data":[[1],[]]}"""),
        Case("IReadOnlyDictionary<string, IReadOnlyList<int?>?> M(IReadOnlyDictionary<string, IReadOnlyList<int?>?> x) => x;", "", """{"x":{"a":[1,null],"b":null}}""", """{"a":[1,null],"b":null}"""),
        Case("IEnumerable<KeyValuePair<string, int>> M(KeyValuePair<string, int>[] x) => x;", "", """{"x":[{"key":"a","value":1}]}""", """{"data":[{"key":"a","value":1}]}"""),
        Case("string M(CancellationToken token, int x, IProgress<int> progress, ToolContext context) => $\"{x}{token.CanBeCanceled}\";", "", """{"x":1}""", """{"text":"1False"}"""),
        Case("string M(int x = Limits.Most, string s = nameof(Limits), DayOfWeek d = DayOfWeek.Friday, decimal m = 1.5m, char c = 'x', int? n = 5, R r = default, Guid g = default, DateTime t = default, DayOfWeek? e = DayOfWeek.Monday, TimeSpan p = default, object? o = null) => $\"{x}{s}{d}{m}{c}{n}{r.A}{g}{t.Ticks}{e}{p}{o}\";",
            "static class Limits { public const int Most = 7; } record struct R(int A);", "{}", """{"text":"7LimitsFriday1.5x5000000000-0000-0000-0000-0000000000000Monday00:00:00"}"""),
        Case("int M([System.Runtime.InteropServices.Optional, System.Runtime.InteropServices.DefaultParameterValue(5)] int x) => x;", "", "{}", """{"data":5}"""),
        Case("int M(params List<int> x) => x.Count;", "", "{}", """{"data":0}"""),
        Case("int M(params IEnumerable<string> x) => x.Count();", "", """{"x":["a"]}""", """{"data":1}"""),
        Case("int M(params System.Collections.Immutable.ImmutableArray<int> x) => x.Length;", "", """{"x":[1]}""", """{"data":1}"""),
        Case("bool M(System.Collections.Immutable.ImmutableArray<int> x = default) => x.IsDefault;", "", "{}", """{"data":true}"""),
        Case("int M(Secret x) => x.A; internal record Secret(int A);", "", """{"x":{"a":1}}""", """{"data":1}"""),
        Case("Secret M() => new(); internal class Secret { public int A = 1; internal int B = 2; private protected int C = 3; }", "", "{}", """{"a":1}"""),
        Case("int M(int @class, string @event, int _, bool __) => @class + _;", "", """{"class":1,"event":"e","_":2,"__":true}""", """{"data":3}"""),
        Case("R M(R x) => x;", "class R { public int A { get; set => field = value < 0 ? throw new ArgumentException(\"no\") : value; } = 3; }", """{"x":{}}""", """{"a":3}"""),
        Case("R M(R x) => x;", "class R { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public R(int a) => A = a; public required int A { get; set; } public required string? B { get; init; } }", """{"x":{"a":1}}""", """{"a":1,"b":null}"""),
        Case("(int Low, int High)? M((int, (string, bool?)?) x) => (x.Item1, 2);", "", """{"x":[1,["a",null]]}""", """{"data":[1,2]}"""),
        Case("IReadOnlyList<IShape> M(IShape[] x) => x;", "[System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), \"circle\"), System.Text.Json.Serialization.JsonDerivedType(typeof(Square), \"square\")] interface IShape; record Circle(double R) : IShape; record struct Square(double A) : IShape;",
            """{"x":[{"type":"circle","r":1},{"type":"square","a":2}]}""", """{"data":[{"type":"circle","r":1},{"type":"square","a":2}]}"""),
        Case("async ValueTask<IReadOnlyList<R?>?> M(Dictionary<string, Dictionary<string, List<int?>?>?>? x) { await Task.Yield(); return [null, new()]; }", "class R { }", """{"x":{"a":{"b":[null]},"c":null}}""", """{"data":[null,{}]}"""),
        Case("Dictionary<string, object?> M(Dictionary<string, object?> x) => x;", "", """{"x":{"a":1,"b":[null,{"c":true}]}}""", """{"a":1,"b":[null,{"c":true}]}"""),
        Case("Node<int> M(Node<int> x) => x;", "class Node<T> { public required T Value { get; set; } public Node<T>? Next { get; set; } public List<Node<T>> Children { get; } = []; }",
            """{"x":{"value":1,"children":[{"value":2}]}}""", """{"value":1,"next":null,"children":[{"value":2,"next":null,"children":[]}]}"""),
        Case("R M(R x) => x;", "struct R { public int A; public readonly int B => A + 1; public string? C; }", """{"x":{"a":1}}""", """{"a":1,"b":2,"c":null}"""),
        Case("R M(R x) => x;", "abstract record Base { public abstract string Kind { get; } public virtual int A { get; init; } } sealed record R : Base { public override string Kind => \"r\"; public override int A { get; init; } = 4; }", """{"x":{}}""", """{"kind":"r","a":4}"""),
        Case("R M(R x) => x;", "interface IHas { int A { get; set; } int B => A; } class R : IHas { public int A { get; set; } int IHas.B => 9; public event Action? Changed; public int this[int i] => i; public void Raise() => Changed?.Invoke(); }", """{"x":{"a":1}}""", """{"a":1}"""),
        Case("Half M(Half a, Int128 b, System.Numerics.BigInteger c, Version d, TimeSpan e, Uri f, float g) => a;", "", """{"a":0.5,"b":"1","c":"2","d":"1.2","e":"PT1S","f":"https://x","g":1}""", """{"data":0.5}"""),
        Case("static async Task<string> M(string x) { await Task.Yield(); return x; }", "", """{"x":"a"}""", """{"text":"a"}"""),
        Case("partial string M(string x = \"d\"); internal partial string M(string x) => x;", "", "{}", """{"text":"d"}"""),
        Case("string M(ISet<DayOfWeek> x, IReadOnlySet<int> y, IList<string> z, ICollection<Guid> w) => string.Join(',', x);", "", """{"x":["Monday"],"y":[1],"z":[],"w":[]}""", """{"text":"Monday"}"""),
        Case("Page<Item> M(Page<Item> x) => x with { Next = null };", "record Page<T>(IReadOnlyList<T> Items, Page<T>? Next, int Total = 0) where T : notnull; record Item(string Id) { public static Item Empty { get; } = new(\"\"); public bool IsEmpty => Id == \"\"; }",
            """{"x":{"items":[{"id":""}]}}""", """{"items":[{"id":"","isEmpty":true}],"next":null,"total":0}"""),
        Case("ReadOnlyMemory<byte> M(ReadOnlyMemory<byte>? x) => x ?? default;", "", "{}", """{"data":""}"""),
        Case("R? M(R? x) => x;", "record struct R(int A);", "{}", "{}"),
        Case("IEnumerable<int> M(int x) { for (var i = 0; i < x; i++) { yield return i; } }", "", """{"x":2}""", """{"data":[0,1]}"""),
        Case("List<R> M(List<R> x) => x;", "enum Level { Low = 1, High = 2 } [Flags] enum Access : long { None = 0, Read = 1, All = -1 } record R(Level Level = Level.High, Access Access = Access.All);",
            """{"x":[{},{"level":"low","access":[]}]}""", """{"data":[{"level":"High","access":["All"]},{"level":"Low","access":[]}]}"""),
        Case("R M(R x) => x;", "record R(int A, int B) { public R(int a) : this(a, 0) { } [System.Text.Json.Serialization.JsonConstructor] public R(int a, int b, int c = 3) : this(a, b + c) { } }", """{"x":{"a":1,"b":1}}""", """{"a":1,"b":4}"""),
        Case("Lazy M(Lazy x) => x;", "class Lazy { private List<string>? _tags; public List<string> Tags => _tags ??= []; public Dictionary<string, int> Counts { get; } = new(StringComparer.OrdinalIgnoreCase); public ISet<int> Ids { get; } = new SortedSet<int>(); }",
            """{"x":{"tags":["a"],"counts":{"A":1},"ids":[2,1]}}""", """{"tags":["a"],"counts":{"A":1},"ids":[1,2]}"""),
        Case("Money M(Money x) => x;", "readonly struct Money(decimal amount, string currency) { public decimal Amount { get; } = amount; public string Currency { get; } = currency; public static Money operator +(Money a, Money b) => a; public static implicit operator decimal(Money m) => m.Amount; }",
            """{"x":{"amount":1.5,"currency":"EUR"}}""", """{"amount":1.5,"currency":"EUR"}"""),
        Case("object M() => new object?[] { 1, \"a\", null, DayOfWeek.Friday, new Dictionary<string, int> { [\"a\"] = 1 } };", "", "{}", """{"data":[1,"a",null,"Friday",{"a":1}]}"""),
        Case("A.B.C M(A.B.C x) => x;", "namespace A { class B { internal class C { public D? D { get; set; } } internal record D(System.DateTimeOffset At); } }", """{"x":{"d":{"at":"2026-01-31T09:30:00Z"}}}""", """{"d":{"at":"2026-01-31T09:30:00+00:00"}}"""),
        Case("System.Numerics.Complex M(System.Numerics.Complex x) => x;", "", """{"x":"<1; 2>"}""", """{"data":"<1; 2>"}"""),
        Case("ArraySegment<byte> M() => new byte[] { 1 };", "", "{}", """{"data":[1]}"""),
        Case("IEnumerable<byte> M(IEnumerable<byte> x) => x;", "", """{"x":[1]}""", """{"data":[1]}"""),
        Case("R? M(R? x, Optional<R> y) => y.Value;", "record struct R { public int Value { get; set; } public bool HasValue { get; set; } }", """{"y":{"value":1,"hasValue":true}}""", """{"value":1,"hasValue":true}"""),
        Case("S M(R x) => new() { V = x.V?.Length };", "class Base<T> { public virtual T? V { get; set; } } class R : Base<string>; class S : Base<int?> { public override int? V { get; set; } = 3; }", """{"x":{"v":"abc"}}""", """{"v":3}"""),
        Case("R M(R x) => x;", "class Base { public virtual required int A { get; set; } public object? X { get; set; } } class R : Base { public override required int A { get; set; } public new string? X { get; set; } }", """{"x":{"a":1,"x":"b"}}""", """{"a":1,"x":"b"}"""),
        Case("R M(R x) => x;", "record R(int A, [property: System.Text.Json.Serialization.JsonIgnore] string Secret = \"x\", [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] int? B = null);", """{"x":{"a":1}}""", """{"a":1}"""),
        Case("R M(R x) => x;", "struct R { public required int A { get; init; } public R() { B = 2; } public int B { get; init; } }", """{"x":{"a":1}}""", """{"a":1,"b":2}"""),
        Case("Dictionary<E, E[]> M(Dictionary<E, E[]> x) => x;", "enum E { [System.Text.Json.Serialization.JsonStringEnumMemberName(\"a, \\\"b\\\" 名\")] A, B }", """{"x":{"a, \"b\" 名":["B","a, \"b\" 名"]}}""", """{"a, \"b\" 名":["B","a, \"b\" 名"]}"""),
        Case("int M(HashSet<P> a, HashSet<int[]> b, HashSet<object> c, SortedSet<(int, string)> d, System.Collections.ObjectModel.ReadOnlySet<int> e, System.Collections.Frozen.FrozenDictionary<DayOfWeek, int> f) => a.Count + f[DayOfWeek.Monday];", "record P(int X);", """{"a":[{"x":1}],"b":[[1]],"c":[1,"a"],"d":[[1,"a"]],"e":[1],"f":{"Monday":2}}""", """{"data":3}"""),
        Case("int M(Bag<int> x) => x.Count();", "[System.Runtime.CompilerServices.CollectionBuilder(typeof(Bag), \"Create\")] class Bag<T> : IEnumerable<T> { private readonly T[] _items; internal Bag(T[] items) => _items = items; public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); } static class Bag { public static Bag<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray()); }", """{"x":[1,2]}""", """{"data":2}"""),
        Case("string M(string[]? x = null, List<string>? y = default, Optional<List<string>?> z = default, Optional<int?> w = default) => $\"{x is null}{y is null}{z.HasValue}{w.HasValue}\";", "", """{"w":null}""", """{"text":"TrueTrueFalseTrue"}"""),
        Case("R M(R x) => x;", "class R { public Dictionary<int, List<string>> A { get; } = new() { [1] = [] }; public HashSet<long> B { get; } = [1]; public Own C { get; } = new(); } class Own : Dictionary<long, string>;", """{"x":{"a":{"2":["b"]},"b":[3],"c":{"4":"d"}}}""", """{"a":{"2":["b"]},"b":[3],"c":{"4":"d"}}"""),
        Case("Own M(Own x, IdSet y) => x;", "class Own(IDictionary<int, string> d) : Dictionary<int, string>(d); class IdSet(IEnumerable<long> ids) : HashSet<long>(ids);", """{"x":{"1":"a"},"y":[1]}""", """{"1":"a"}"""),
        Case("System.Collections.Concurrent.ConcurrentDictionary<Guid, int> M(System.Collections.Concurrent.ConcurrentDictionary<Guid, int> x, System.Collections.Immutable.ImmutableDictionary<int, int?> y, OrderedDictionary<char, string?> z) => x;", "", """{"x":{"123e4567-e89b-12d3-a456-426614174000":1},"y":{"1":null},"z":{"a":null}}""", """{"123e4567-e89b-12d3-a456-426614174000":1}"""),
        Case("R M(R x) => x;", "record R { public int A { get; private init; } = 1; public int B { get; protected set; } = 2; public int C { private get; set; } = 3; }", """{"x":{"c":5}}""", """{"a":1,"b":2}"""),
        Case("R M(R x) => x;", "record R(int A) { public int A { get; init; } = A + 1; public int Twice => 2 * A; }", """{"x":{"a":1}}""", """{"a":2,"twice":4}"""),
        Case("R M(R x) => x;", "record R(int A) { public int B { get; } = A; public R() : this(7) { } }", """{"x":{"a":1}}""", """{"a":1,"b":7}"""),
        Case("R M(R x) => x;", "class R { public int a = 1; public int B = 2; public readonly int C = 3; public const int D = 4; private int _e = 5; public int E() => _e; }", """{"x":{"b":5}}""", """{"a":1,"b":5,"c":3}"""),
        Case("IOrderedEnumerable<int> M() => new[] { 2, 1 }.OrderBy(x => x);", "", "{}", """{"data":[1,2]}"""),
        Case("INotes M() => new Notes();", "interface INotes : IReadOnlyList<string>; class Notes : List<string>, INotes;", "{}", """{"data":[]}"""),
        Case("IMap M() => new Map();", "interface IMap : IReadOnlyDictionary<string, int>; class Map : Dictionary<string, int>, IMap;", "{}", "{}"),
        Case("string M(uint a = 5u, long b = -1, sbyte c = -1, byte? d = 1, float e = 1e-10f, double f = double.Epsilon, ulong g = ulong.MaxValue, char h = '\\uD83D', string i = \"\\0\\u2028\\\"\", E? k = E.B, bool l = default) => $\"{a}{b}{c}{d}{e}{f}{g}{(int)h}{i.Length}{k}{l}\";", "enum E : sbyte { A, B = -1 }", "{}", """{"text":"5-1-111E-105E-32418446744073709551615553573BFalse"}"""),
        Case("IQueryable<int> M() => new[] { 2, 1 }.AsQueryable();", "", "{}", """{"data":[2,1]}"""),
        Case("Single M() => Single.Of();", "class Single { private Single() { } public int A => 1; public static Single Of() => new(); }", "{}", """{"a":1}"""),
    ];

    private static readonly TestCaseData[] Refusals =
    [
        Case("int M(in int x) => x;", "", "ORC010"),
        Case("R M(R x) => x;", "record R([property: System.Text.Json.Serialization.JsonPropertyName(\"$id\")] int A);", "ORC009"),
        Case("nint M(nint x) => x;", "", "ORC009"),
        Case("System.Globalization.CultureInfo M() => null!;", "", "ORC016"),
        Case("Memory<byte> M() => new byte[] { 1 };", "", "ORC016"),
        Case("int[,] M() => new int[1, 1];", "", "ORC016"),
        Case("Tuple<int, string> M(Tuple<int, string> x) => x;", "", "ORC009"),
        Case("System.Collections.IEnumerable M() => new[] { 1 };", "", "ORC016"),
        Case("System.Collections.ArrayList M() => new();", "", "ORC016"),
        Case("int M(Dictionary<(int, int), int> x) => 1;", "", "ORC009"),
        Case("int M(Dictionary<bool, int> x) => 1;", "", "ORC009"),
        Case("int M(IServiceProvider x) => 1;", "", "ORC009"),
        Case("int M(Microsoft.Extensions.Logging.ILogger x) => 1;", "", "ORC009"),
        Case("R M() => new();", "class R { public Action? F => null; }", "ORC016"),
        Case("R M(R x) => x;", "class R { public int a { get; set; } public int A { get; set; } }", "ORC009"),
        Case("int M(IOrderedEnumerable<int> x) => 1;", "", "ORC009"),
        Case("string M(uint a = 5u, long b = -1, sbyte c = -1, byte? d = 1, float e = 1e-10f, double f = double.Epsilon, ulong g = ulong.MaxValue, char h = '\\uD83D', string i = \"\\0\\u2028\\\"\", E j = (E)9, E? k = null, bool l = default, nuint m = 3) => \"\";", "enum E { A }", "ORC009"),
        Case("ILookup<string, int> M() => new[] { 2, 1 }.ToLookup(x => \"a\");", "", "ORC016"),
        Case("IGrouping<string, int>[] M() => [];", "", "ORC016"),
        Case("ReadOnlySpan<int> M() => [];", "", "ORC016"),
        Case("Task<Task<int>> M() => null!;", "", "ORC016"),
        Case("T M<T>(T x) => x;", "", "ORC009"),
        Case("int M(ref int x) => x;", "", "ORC010"),
        Case("int M(out int x) => x = 1;", "", "ORC010"),
        Case("int M(Func<int> x) => 1;", "", "ORC009"),
        Case("int M(System.IO.Stream x) => 1;", "", "ORC009"),
        Case("IAsyncEnumerable<int> M() => null!;", "", "ORC016"),
        Case("int M(int a, int A) => 1;", "", "ORC012"),
        Case("int M(int größe) => 1;", "", "ORC011"),
        Case("int M(Hidden x) => 1;", "file record Hidden(int A);", "ORC009"),
        Case("int M(Empty x) => 1;", "enum Empty;", "ORC009"),
        Case("int M(Shape x) => 1;", "abstract class Shape;", "ORC009"),
        Case("int M(Single x) => 1;", "class Single { private Single() { } public static Single Of() => new(); }", "ORC009"),
        Case("int M(params ReadOnlySpan<int> x) => 1;", "", "ORC009"),
        Case("unsafe int M(int* x) => 1;", "", "ORC009"),
    ];

    [TestCaseSource(nameof(Calls))]
    public async Task Is_called(string method, string types, string arguments, string result)
    {
        var answer = await CompiledPlugin.Load(Source(method, types)).CallAsync("m", arguments);
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(JsonNode.Parse(result)!.ToJsonString()));
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Is_refused(string method, string types, string id)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync(Source(method, types));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Does.Contain(id), string.Join('\n', diagnostics));
    }

    private static string Source(string method, string types) => $$"""
        using System.Linq;
        [Plugin("test", SchemaProfile = SchemaProfile.Full)] partial class TestPlugin { [Tool(Description = "d")] internal {{method}} }
        {{types}}
        """;

    private static TestCaseData Case(string method, string types, params string[] expected) =>
        new TestCaseData([method, types, .. expected]).SetArgDisplayNames($"{method} {types}".Replace('(', '[').Replace(')', ']'));
}
