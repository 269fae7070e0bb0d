namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Types that have no schema, or none that every client takes.</summary>
public sealed class TypeDiagnosticsTests
{
    [TestCase("class R { public R(ref int a) { } }", "the constructor of 'R' takes 'a' by reference")]
    [TestCase("class R { public R(int a) { } [System.Text.Json.Serialization.JsonPropertyName(\"a\")] public string B { get; set; } = \"\"; }", "'R' has two members named 'a' in JSON (case does not tell names apart)")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D : R { public D(string type) { } }", "'D.type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("record R(Action Callback);", "'R.Callback' is a 'System.Action', and it is a delegate")]
    [TestCase("record R(Inner Inner); record Inner(List<IDisposable> Items);", "'Inner.Items' is a 'System.Collections.Generic.List<System.IDisposable>', and its items are 'System.IDisposable', and it is an interface: take a class, or name the types that implement it by [JsonDerivedType]")]
    [TestCase("class R { public R(int a) { } public R(string b) { } }", "'R' has no public constructor, or several: mark the one to use with [JsonConstructor]")]
    [TestCase("abstract record R;", "'R' is abstract: name its derived types by [JsonDerivedType]")]
    [TestCase("record R([property: System.Text.Json.Serialization.JsonIgnore] int A);", "'R.A' is ignored, but the constructor needs it")]
    [TestCase("class R { [System.Text.Json.Serialization.JsonIgnore] public required int A { get; set; } }", "'R.A' is ignored, but required")]
    [TestCase("record R(int A, int a);", "'R' has two members named 'a' in JSON (case does not tell names apart)")]
    [TestCase("record R(int Größe);", "'R.Größe' is named 'größe' in JSON, which clients refuse: set [JsonPropertyName] to 1 to 64 ASCII letters, digits, '_', '.' and '-'")]
    [TestCase("enum R;", "'R' has no members")]
    [TestCase("record S; [System.Text.Json.Serialization.JsonDerivedType(typeof(S))] file record R;", "'R' is file-local, and generated code is in another file")]
    [TestCase("record R(R? Next, Action Callback);", "'R.Callback' is a 'System.Action', and it is a delegate")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D))] record R; record D : R;", "'R' names 'D' without a type discriminator")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1), System.Text.Json.Serialization.JsonDerivedType(typeof(R), \"r\")] record R; record D : R;", "'R' mixes strings and numbers as type discriminators")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1), System.Text.Json.Serialization.JsonDerivedType(typeof(R), 1)] record R; record D : R;", "'R' has a type discriminator twice")]
    [TestCase("[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"$type\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D : R;", "the discriminator of 'R' is named '$type', which clients refuse: set TypeDiscriminatorPropertyName to 1 to 64 ASCII letters, digits, '_', '.' and '-'")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D(string Type) : R;", "'D.Type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"KIND\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R(int Kind); record D() : R(1);", "'D.Kind' and the discriminator of 'R' are both named 'kind' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D(R? Inner, [property: System.Text.Json.Serialization.JsonPropertyName(\"type\")] int Code) : R;", "'D.Code' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    public async Task Of_types(string types, string reason)
    {
        var source = "[Plugin(\"p\")] public partial class P { [Tool(Description = \"d\")] internal void M(R x) { } }\n"
            + types.Replace("record R", "internal record R", StringComparison.Ordinal);
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(source)).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC009"));
        Assert.That(diagnostic.GetMessage(null), Is.EqualTo($"The parameter 'x' of tool 'm' has the type 'R', which has no JSON Schema form: {reason}"));
    }

    [TestCase("ref struct R { public int A { get; set; } }", "it is a ref struct: take an array")]
    [TestCase("class R : System.Collections.ArrayList { public int A { get; set; } }", "it is a collection that is not known: take a list of its items")]
    [TestCase("class R : Exception { public new string Message { get; set; } = \"\"; }", "it is an exception")]
    [TestCase("class R : InvalidOperationException;", "it is an exception")]
    [TestCase("class R : Attribute { public int A { get; set; } }", "it is an attribute")]
    [TestCase("class R : DescribedAttribute; class DescribedAttribute : Attribute;", "it is an attribute")]
    [TestCase("interface R { int A { get; set; } }", "it is an interface: take a class, or name the types that implement it by [JsonDerivedType]")]
    [TestCase("delegate void R();", "it is a delegate")]
    public async Task Of_types_of_a_kind_that_has_no_members_in_JSON(string types, string reason)
    {
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(
            "[Plugin(\"p\")] partial class P { [Tool(Description = \"d\")] internal void M(R x) { } }\n" + types)).Single();
        Assert.That(
            $"{diagnostic.Id}: {diagnostic.GetMessage(null)}",
            Is.EqualTo($"ORC009: The parameter 'x' of tool 'm' has the type 'R', which has no JSON Schema form: {reason}"));
    }

    [Test]
    public async Task Of_a_type_that_refers_to_one_that_is_refused()
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync("""
            [Plugin("p")]
            public partial class P
            {
                [Tool(Description = "d")] public void M(Bad x) { }
                [Tool(Description = "d")] public void N(Node x) { }
            }
            public record Bad(Node Node, Action Callback);
            public record Node(Bad? Bad);
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Is.EqualTo([
            "The parameter 'x' of tool 'm' has the type 'Bad', which has no JSON Schema form: 'Bad.Callback' is a 'System.Action', and it is a delegate",
            "The parameter 'x' of tool 'n' has the type 'Node', which has no JSON Schema form: 'Bad.Callback' is a 'System.Action', and it is a delegate",
        ]));
    }

    [Test]
    public Task Of_a_polymorphic_type() => DiagnosticVerifier.VerifyAsync(
        "Union",
        "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because the values of 'R' are of several types, which is anyOf in a schema: a record with an enum is portable",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(List<R> [|x|]) { } }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(D), "d")] public record R; public record D : R;
        """);

    [TestCase("a member that is ignored", "[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1)] public record R; public record D : R { [System.Text.Json.Serialization.JsonIgnore] public string Type { get; set; } = \"\"; }")]
    [TestCase("a discriminator that is named", "[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1)] public record R; public record D(string Type) : R;")]
    public async Task None_of_a_discriminator_that_is_like_no_member(string name, string types)
    {
        var source = $$"""
            [Plugin("p", SchemaProfile = SchemaProfile.Full)] public partial class P { [Tool(Description = "d")] public R M(R x) => x; }
            {{types}}
            """;
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty, name);
    }

    [Test]
    public Task Of_a_dictionary_in_a_strict_schema() => DiagnosticVerifier.VerifyAsync(
        "Dictionary",
        "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because a dictionary has members that a strict schema cannot name: a list of records is portable",
        """
        [Plugin("p", SchemaProfile = SchemaProfile.OpenAIStrict)]
        public partial class P { [Tool(Description = "d")] public void M(Dictionary<string, int> [|x|]) { } }
        """);
}
