using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Which member is meant where several types of a hierarchy have one of a name, or an accessor is missing, closed or obsolete.</summary>
public sealed class MemberLookupTests
{
    // What is public counts, whatever hides it from code in the same assembly.
    [TestCase("class Base { public int Id = 7; } class R : Base { internal new int Id = 999; }", "{}", """{"id":7}""")]
    [TestCase("class Base { public int Id = 7; } class R : Base { internal new int Id = 999; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { internal new string Id { get; set; } = \"x\"; public string Other => Id; }", """{"id":8}""", """{"id":8,"other":"x"}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { private new int Id = 1; public int Other => Id; }", """{"id":8}""", """{"id":8,"other":1}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { protected internal new int Id = 1; private protected int More = 2; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { public new static int Id = 1; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { public new int Id() => 1; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { public new class Id; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { public new const int Id = 1; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { private int _x = 1; public new ref int Id => ref _x; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; init; } = 7; } class R : Base { internal new int Id = 999; }", "{}", """{"id":7}""")]
    [TestCase("class Base<T> { public T? Id { get; set; } } class Middle : Base<string> { internal new int Id = 1; } class R : Middle { public new int? Id { get; set; } }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base<T> { public T? Id { get; set; } } class R : Base<string?[]> { internal new int Id = 1; }", """{"id":["a",null]}""", """{"id":["a",null]}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { [JsonInclude] internal new int Id { get; set; } = 5; }", """{"id":8}""", """{"id":8}""")]
    [TestCase("class Base { public int Id { get; set; } = 7; } class R : Base { [JsonIgnore] public new int Id { get; set; } = 5; public int More { get; set; } }", "{}", """{"more":0}""")]
    [TestCase("class Base { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int No { get; set; } } class R : Base { internal new int Id = 1, No = 1; }", "{}", "{}")]
    [TestCase("record Base(int Id); record R(int More) : Base(7) { internal new int Id = 999; }", """{"more":1}""", """{"id":7,"more":1}""")]

    // An override has the accessors that it lacks, and the attributes, of what it overrides.
    [TestCase("class Base { public virtual int X { get; set; } = 1; } class R : Base { public override int X { set => base.X = value * 2; } }", """{"x":2}""", """{"x":4}""")]
    [TestCase("class Base { public virtual int X { get; set; } = 1; } class R : Base { public override int X => base.X + 1; }", """{"x":2}""", """{"x":3}""")]
    [TestCase("class A { public virtual int X { get; set; } = 1; } class B : A { public override int X { set => base.X = value; } } class R : B { public override int X => base.X + 1; }", """{"x":2}""", """{"x":3}""")]
    [TestCase("abstract class A { public abstract int X { get; set; } } abstract class B : A { public abstract override int X { get; } } class R : B { public override int X { get; set; } = 3; }", "{}", """{"x":3}""")]
    [TestCase("class Base { public virtual int X { get; init; } = 1; } class R : Base { public override int X => base.X + 1; }", """{"x":2}""", """{"x":3}""")]
    [TestCase("class Base { [JsonPropertyName(\"the_x\")] public virtual int X { get; set; } = 1; } class R : Base { public override int X { get; set; } = 2; }", """{"the_x":3}""", """{"the_x":3}""")]
    [TestCase("class Base { [JsonIgnore] public virtual int X { get; set; } = 1; public int Y; } class R : Base { public override int X { get; set; } = 2; }", "{}", """{"y":0}""")]
    [TestCase("class Base { public virtual int X { get; set; } = 1; } class R : Base { public sealed override int X { get; set; } = 2; }", """{"x":3}""", """{"x":3}""")]
    [TestCase("class Base { public virtual object? X { get; } = 1; } class R : Base { public override string? X { get; } = \"x\"; }", "{}", """{"x":"x"}""")]
    [TestCase("record Base(int X) { public virtual int Y { get; init; } = 1; } record R(int X, int Z) : Base(X) { public override int Y { get; init; } = 2; }", """{"x":1,"z":3}""", """{"x":1,"y":2,"z":3}""")]

    // Each accessor on its own.
    [TestCase("class R { public int A { get; private set; } = 1; public int B { internal get; set; } public int C { private get; set; } = 3; public int Sum => A + B + C; }", """{"b":2,"c":4}""", """{"a":1,"sum":7}""")]
    [TestCase("class R { public int A { get; protected internal set; } = 1; public int B { get; private protected set; } = 2; }", "{}", """{"a":1,"b":2}""")]
    [TestCase("class R { private int _a = 5, _b = 6; public int A { init => _a = value; } public int B { init => _b = value; } public int C { get; init; } = 7; public int Sum => _a * 100 + _b * 10 + C; }", "{}", """{"c":7,"sum":567}""")]
    [TestCase("class R { private int _a = 5, _b = 6; public int A { init => _a = value; } public int B { init => _b = value; } public int C { get; init; } = 7; public int Sum => _a * 100 + _b * 10 + C; }", """{"a":1}""", """{"c":7,"sum":167}""")]
    [TestCase("class R { private int _a = 5, _b = 6; public int A { init => _a = value; } public int B { init => _b = value; } public int C { get; init; } = 7; public int Sum => _a * 100 + _b * 10 + C; }", """{"a":1,"b":2,"c":3}""", """{"c":3,"sum":123}""")]
    [TestCase("class R<T> { private T? _a; public T A { init => _a = value; } public string Is => $\"{_a}\"; } class R : R<int[]>;", "{}", """{"is":""}""")]
    [TestCase("struct R { private int _a = 5; public R() { } public int A { init => _a = value; } public required int B { get; init; } public int Sum => _a * 10 + B; }", """{"b":1}""", """{"b":1,"sum":51}""")]
    [TestCase("interface I { int X { get; } } class R : I { int I.X => 1; public int Y { get; set; } }", """{"y":2}""", """{"y":2}""")]
    [TestCase("interface I { int X => 1; } class R : I { public int Y { get; set; } }", """{"y":2}""", """{"y":2}""")]
    [TestCase("class R { public int this[int i] { get => i; set { } } public int this[string i] => 1; public int Y { get; set; } }", """{"y":2}""", """{"y":2}""")]
    [TestCase("class R { private int _x = 1; public ref int X => ref _x; public ref readonly int Z => ref _x; public int Y { get; set; } }", """{"y":2}""", """{"y":2}""")]
    [TestCase("class R { public event Action? Changed; public int Y { get; set; } internal void M() => Changed?.Invoke(); }", """{"y":2}""", """{"y":2}""")]

    // Required, and set by the constructor nonetheless.
    [TestCase("class R { [SetsRequiredMembers] public R() { A = 1; B = 2; } public required int A { get; set; } public required int B { get; init; } }", """{"a":3}""", """{"a":3,"b":2}""")]
    [TestCase("class R { [SetsRequiredMembers] public R(int a) { A = a; } public required int A { get; init; } internal required int B { get; init; } }", """{"a":3}""", """{"a":3}""")]
    [TestCase("class R { internal int _b; [JsonInclude] internal required int B { get => _b; set => _b = value; } }", """{"b":3}""", """{"b":3}""")]

    // The constructor is what reads; a property of the name of its parameter may give something else.
    [TestCase("class R(int a) { public string A { get; init; } = $\"({a})\"; }", """{"a":1}""", """{"a":"(1)"}""")]
    [TestCase("record R(string? A) { public string A { get; } = A ?? \"none\"; }", "{}", """{"a":"none"}""")]
    [TestCase("class R(IEnumerable<int> a) { public List<int> A { get; } = [.. a, 9]; }", """{"a":[1]}""", """{"a":[1,9]}""")]
    [TestCase("record R(int A) { private int A { get; } = A; public int B => A + 1; }", """{"a":1}""", """{"b":2}""")]
    [TestCase("record R(int A) { public int A = A + 1; }", """{"a":1}""", """{"a":2}""")]
    [TestCase("record R(int A, int B) { public int A { get; set; } = A * 2; }", """{"a":1,"b":2}""", """{"b":2,"a":2}""")]
    [TestCase("class R(int a) { [JsonPropertyName(\"x\")] public string A { get; } = $\"{a}\"; }", """{"x":1}""", """{"x":"1"}""")]

    // What is obsolete as an error is left out; what is obsolete or experimental is not.
    [TestCase("class R { [Obsolete(\"gone\", true)] public int Old { get; set; } [Obsolete(\"old\")] public int A { get; set; } [Obsolete] public int B; public int C { get; [Obsolete(\"gone\", true)] set; } = 3; }", """{"a":1,"b":2}""", """{"a":1,"b":2,"c":3}""")]
    [TestCase("class Base { [Obsolete(\"gone\", true)] public virtual int Old { get; set; } } class R : Base { [Obsolete] public override int Old { get; set; } public int A; }", """{"a":1}""", """{"a":1}""")]
    [TestCase("class R { [Obsolete(\"gone\", true)] public R(int a) => A = a; public R(string b) => A = b.Length; public int A { get; } }", """{"b":"xx"}""", """{"a":2}""")]
    [TestCase("record R([property: Obsolete(\"gone\", true)] int Old, int New);", """{"old":1,"new":2}""", """{"new":2}""")]
    [TestCase("class R { public K A { get; set; } public F B { get; set; } } enum K { [Obsolete(\"gone\", true)] Old, New } [Flags] enum F { None, X = 1, [Obsolete(\"gone\", true)] Y = 2 }", """{"a":"New","b":["X"]}""", """{"a":"New","b":["X"]}""")]
    [TestCase("class R { [Experimental(\"EX1\")] public int A { get; set; } [Experimental(\"EX2\")] public int B { get; init; } = 2; [Experimental(\"EX3\")] public R() { } }", """{"a":1}""", """{"a":1,"b":2}""")]
    public async Task Takes_and_gives(string types, string argument, string result)
    {
        var plugin = CompiledPlugin.Load($$"""
            using System.Diagnostics.CodeAnalysis;
            using System.Text.Json.Serialization;
            [Plugin("test", SchemaProfile = SchemaProfile.Full)] partial class TestPlugin { [Tool] internal R Echo(R x) => x; }
            {{types}}
            """);
        var answer = await plugin.CallAsync("echo", $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result));
    }

    [TestCase("class Base { public int Id { get; init; } = 7; } class R : Base { internal new int Id = 999; }", """{"id":1}""", "arguments.x.id: unknown member; the object has none")]
    [TestCase("class R { [Obsolete(\"gone\", true)] public int Old { get; set; } public int A; }", """{"old":1}""", "arguments.x.old: unknown member; the object has \"a\"")]
    [TestCase("class Base { [Range(1, 5)] public virtual int X { get; set; } } class R : Base { public override int X { get; set; } }", """{"x":6}""", "arguments.x.x: expected an integer from 1 to 5, got 6")]
    [TestCase("class Base { [Range(1, 5)] public virtual int X { get; set; } } class R : Base { [Range(1, 9)] public override int X { get; set; } }", """{"x":10}""", "arguments.x.x: expected an integer from 1 to 9, got 10")]
    public async Task Refuses(string types, string argument, string fault)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")] partial class TestPlugin { [Tool] internal void M(R x) { } }
            {{types}}
            """);
        Assert.That((await plugin.CallAsync("m", $$"""{"x":{{argument}}}"""))!.ErrorMessage, Is.EqualTo(fault));
    }

    [Test]
    public async Task What_is_protected_is_no_member_even_where_the_plugin_derives_from_the_type()
    {
        var plugin = CompiledPlugin.Load("""
            using System.Text.Json.Serialization;
            [Plugin("test")] public partial class TestPlugin : R
            {
                [Tool] public R Echo(R x) => x;
                [Tool] public Inner Private(Inner x) => x;
                public class Inner { [JsonInclude] private int Hidden = 1; public int A { get; set; } public int Sum() => Hidden; }
            }
            public class R
            {
                public R() { }
                [JsonConstructor] protected R(int b) => B = b;
                public int A { get; set; }
                [JsonInclude] protected int B { get; set; } = 2;
                [JsonInclude] protected int C = 3;
            }
            """);
        Assert.That((await plugin.CallAsync("echo", """{"x":{"a":1}}"""))!.Result.ToString(), Is.EqualTo("""{ "a": 1 }"""));
        Assert.That((await plugin.CallAsync("private", """{"x":{"a":1}}"""))!.Result.ToString(), Is.EqualTo("""{ "a": 1 }"""));
    }

    [TestCase("internal class R { internal required int X { get; set; } }", "R", "'R.X' is required, but cannot be set: make it public, or mark it by [JsonInclude]")]
    [TestCase("public class R { [Obsolete(\"gone\", true)] public required int X { get; set; } }", "R", "'R.X' is required, but cannot be set: make it public, or mark it by [JsonInclude]")]
    [TestCase("public class R(int a) { public required string A { get; init; } = $\"{a}\"; }", "R", "'R.A' is required, but the constructor takes another type by its name")]
    [TestCase("public class R { public int A { init { } } public int B { init { } } public int C { init { } } public int D { init { } } public int E { init { } } }", "R", "'R' has more than 4 init-only properties that cannot be read: give them getters")]
    [TestCase("[Obsolete(\"gone\", true)] public class R;", "R", "'R' is obsolete as an error")]
    [TestCase("file class R;", "R", "'R' is file-local, and generated code is in another file")]
    [TestCase("public class R { public ReadOnlySpan<int> X => default; }", "R", "")]
    public async Task Says_why_a_type_cannot_be_taken(string types, string type, string reason)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            [Plugin("p")] partial class P { [Tool(Description = "d")] [Obsolete("gone", true)] internal void N() { } [Tool(Description = "d")] internal void M({{type}} x) { } }
            {{types}}
            """);
        var messages = diagnostics.Select(diagnostic => diagnostic.GetMessage(null)).ToList();
        Assert.That(messages, Has.One.StartsWith("'N' is obsolete as an error"));
        Assert.That(
            messages.Where(message => message.StartsWith("The parameter", StringComparison.Ordinal)),
            reason.Length == 0 ? Is.Empty : Has.One.EqualTo($"The parameter 'x' of tool 'm' has the type '{type}', which has no JSON Schema form: {reason}"));
    }
}
