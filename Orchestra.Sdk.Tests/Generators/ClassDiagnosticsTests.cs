namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is wrong with classes: those that are plugins, that have tools, or that are used as plugins.</summary>
public sealed class ClassDiagnosticsTests
{
    [TestCase("NotPartial", "ORC001: 'P' must be declared partial, because the generator writes its other half", """
        [Plugin("p")] public class [|P|];
        """)]
    [TestCase("Outer_type_not_partial", "ORC001: 'Outer' must be declared partial, because the generator writes its other half", """
        public class [|Outer|] { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Generic_class", "ORC002: 'P' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public partial class [|P|]<T>;
        """)]
    [TestCase("Generic_outer_class", "ORC002: 'Outer' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        public partial class [|Outer|]<T> { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Static_class", "ORC002: 'P' is static: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public static partial class [|P|];
        """)]
    [TestCase("Abstract_class", "ORC002: 'P' is abstract: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public abstract partial class [|P|];
        """)]
    [TestCase("File_local_class", "ORC002: 'P' is file-local: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] file partial class [|P|];
        """)]
    [TestCase("Plugin_id", "ORC003: '../p' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit", """
        [[|Plugin("../p")|]] public partial class P;
        """)]
    [TestCase("No_plugin_id", "ORC003: '' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit", """
        [[|Plugin(null!)|]] public partial class P;
        """)]
    [TestCase("Tool_outside", "ORC004: 'M' is a tool, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { /** <summary>Does.</summary> */ [[|Tool|]] public void M() { } }
        """)]
    [TestCase("Prompt_outside_plugin", "ORC004: 'M' is a prompt, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|Prompt|]] public string M() => ""; }
        """)]
    [TestCase("Streaming_tool_outside_plugin", "ORC004: 'M' is a tool, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|StreamingTool|]] public IAsyncEnumerable<int> M() => null!; }
        """)]
    [TestCase("Handler_outside_plugin", "ORC004: 'M' is an event handler, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|OnEvent("t")|]] public void M() { } }
        """)]
    public Task Of_classes(string name, string expected, string markup) => DiagnosticVerifier.VerifyAsync(name, expected, markup);

    [TestCase("Named", "'C' is no plugin, as 'RunAsync' needs one: mark it with [Plugin(\"…\")] and make it partial", "public class C { public static Task Main(string[] args) => Plugin.RunAsync<[|C|]>(args); }")]
    [TestCase("Named_by_another", "'C' is no plugin, as 'RunAsync' needs one: mark it with [Plugin(\"…\")] and make it partial", "using static Orchestra.Sdk.Plugin; public class C { public static Task Main(string[] args) => RunAsync<[|C|]>(args); }")]
    [TestCase("Inferred", "'C' is no plugin, as 'For' needs one: mark it with [Plugin(\"…\")] and make it partial", "public class C { public static object Main() => [|ExportedPlugin.For|](new C()); }")]
    public Task Of_a_class_that_is_no_plugin_where_one_is_needed(string name, string message, string markup) =>
        DiagnosticVerifier.VerifyAsync(name, "ORC033: " + message, markup);

    [TestCase("[Plugin(\"c\")] public partial class C { public static Task Main(string[] args) => Plugin.RunAsync<C>(args); }")]
    [TestCase("[Plugin(\"c\")] public class C { public static Task Main(string[] args) => Plugin.RunAsync<C>(args); }", "ORC001")]
    [TestCase("public class C { public static Task Run<T>(string[] args) where T : class, IPlugin<T>, new() => Plugin.RunAsync<T>(args); }")]
    [TestCase("public class C { public static Task Main(string[] args) => Plugin.RunAsync<Missing>(args); }")]
    public async Task None_of_a_class_that_is_one_or_unknown(string source, params string[] others) =>
        Assert.That((await GeneratorHarness.AnalyzeAsync(source)).Select(diagnostic => diagnostic.Id), Is.EqualTo(others));
}
