using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Testing;

/// <summary>When code for typed calls is written, and what is said where none can be.</summary>
internal sealed class TypedCallGenerationTests
{
    private const string Plugin = "[Plugin(\"p\")] public partial class P { /// <summary>F.</summary>\n[Tool] public int F(int a) => a; }";

    [Test]
    public void An_edit_elsewhere_changes_nothing()
    {
        var library = GeneratorHarness.Compile(GeneratorHarness.Compilation(Plugin).WithAssemblyName("Plugin"));
        var first = TypedCallHarness.Compilation(
            TypedCallHarness.Source("var answer = await plugin.CallToolAsync(\"f\", new { a = 1 }); return answer.ReadAs<int>();"), library);
        var second = first.ReplaceSyntaxTree(
            first.SyntaxTrees[0],
            TypedCallHarness.Parse(
                TypedCallHarness.Source("// More.\nvar answer = await plugin.CallToolAsync(\"f\", new { a = 2 });\n\nreturn answer.ReadAs<int>();"), "Test.cs"));

        var result = TypedCallHarness.Driver(trackSteps: true).RunGenerators(first).RunGenerators(second).GetRunResult().Results.Single();

        Assert.That(result.GeneratedSources, Has.Length.EqualTo(1));
        Assert.That(
            result.TrackedSteps[TypedCallGenerator.CallsStep].SelectMany(step => step.Outputs).Select(output => output.Reason),
            Is.All.EqualTo(IncrementalStepRunReason.Unchanged).Or.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(
            result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason),
            Is.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void Of_arguments_and_answers()
    {
        var library = GeneratorHarness.Compile(GeneratorHarness.Compilation(Plugin).WithAssemblyName("Plugin"));
        var test = TypedCallHarness.Compilation(
            TypedCallHarness.Source(
                "await plugin.CallToolAsync(\"f\", new Given(1)); return (await plugin.CallToolAsync(\"f\", new { a = 1 })).ReadAs<Point>();",
                "public record Given(int A); public record Point(int X, int? Y);"),
            library);

        var source = TypedCallHarness.Driver().RunGenerators(test).GetRunResult().Results.Single().GeneratedSources.Single();

        Snapshot.Match(source.SourceText.ToString(), source.HintName);
    }

    [Test]
    public void Nothing_is_written_where_nothing_is_called()
    {
        var library = GeneratorHarness.Compile(GeneratorHarness.Compilation(Plugin).WithAssemblyName("Plugin"));
        var test = TypedCallHarness.Compilation(
            TypedCallHarness.Source("return await plugin.CallToolAsync(\"f\", (\"a\", 1));"), library);

        Assert.That(TypedCallHarness.Driver().RunGenerators(test).GetRunResult().GeneratedTrees, Is.Empty);
    }

    [TestCase("a type parameter", "public static int F<T>(ToolResponse a) { a.[|ReadAs<T>|](); return 0; }", "A 'T' cannot be read here, and the call throws: it is a type parameter: call the method with the type itself, or pass on the answer")]
    [TestCase("a private type", "private sealed record R(int A); public static object F(ToolResponse a) => a.[|ReadAs<R>|]();", "A 'C.R' cannot be read here, and the call throws: 'R' is not accessible from outside its class: make it internal")]
    [TestCase("no object", "public static object F(ExportedPlugin p) => p.[|CallToolAsync|](\"f\", 3);", "A 'int' cannot be sent here, and the call throws: it is no object, whose members could be the arguments")]
    [TestCase("a type without a form", "public static object F(ExportedPlugin p) => p.[|CallToolAsync|](\"f\", new { Wait = (Action)(() => { }) });", "A '<anonymous type: System.Action Wait>' cannot be sent here, and the call throws: '.Wait' is a 'System.Action', and it is a delegate")]
    [TestCase("an anonymous type within what cannot be named", "public static object F(ExportedPlugin p) => p.[|CallToolAsync|](\"f\", new { A = System.Collections.Immutable.ImmutableArray.Create(new { B = 1 }) });", "A '<anonymous type: System.Collections.Immutable.ImmutableArray<<anonymous type: int B>> A>' cannot be sent here, and the call throws: an anonymous type is in it that generated code cannot name: put it into an array or a List")]
    public Task Says_why_nothing_can_be_written(string name, string members, string message) =>
        DiagnosticVerifier.VerifyAsync(name, "ORC035: " + message, $"using Orchestra.Sdk.Messages; public static class C {{ {members} }}");
}
