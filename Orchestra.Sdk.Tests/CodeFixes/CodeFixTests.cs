using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>What holds for every fix. What each makes of a source is in the tests named like it.</summary>
public sealed class CodeFixTests
{
    [Test]
    public async Task Half_typed_code_never_makes_a_fix_fail()
    {
        const string Source = """
            class Outer
            {
                [Plugin("../p")] static class P
                {
                    [Tool(Name = "a b")] public static async void Größe<T>(this in int größe, [Range(2, 1), StringLength(2)] Stream? x = null) { }
                    [Tool(Description = null)] ref int N([Range(1, 10, MaximumIsExclusive = true)] int x = 99, [AllowedValues("a")] string y = "b");
                    /** <param name="x">x */ [StreamingTool] async IAsyncEnumerable<int> S([Argument(Name = "y")] int x, int Y) { yield return 1; }
                }
            }
            class C { [Tool, Obsolete] public void M() { } }
            [Plugin("q")] partial class Q
            {
                [StreamingTool(ContentType = "a")] IEnumerable<int> S() { yield return 1; }
                [Prompt(Name = "a b")] async Task M(params int[] x) => 1;
                async void A() { async void L() => await Task.Yield(); Action f = async () => await Task.Yield(); }
                [OnEvent("t", "a", "b=c"), OnEvent("")] int E(int x, string y = "") { if (x > 1) return 2; return ; }
            }
            """;
        var offered = 0;
        foreach (var token in CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens())
        {
            var document = CodeFixHarness.Document(Source[..token.Span.End]);
            foreach (var id in (await CodeFixHarness.AnalyzeAsync(document)).Select(diagnostic => diagnostic.Id).Distinct())
            {
                foreach (var offer in await CodeFixHarness.OffersAsync(document, id))
                {
                    await offer.GetOperationsAsync(CancellationToken.None);
                    offered++;
                }
            }
        }

        Assert.That(offered, Is.GreaterThan(500));
    }

    [Test]
    public async Task Keeps_the_line_breaks_of_the_document()
    {
        var before = "[Plugin(\"p\")]\r\npartial class P\r\n{\r\n    [Tool]\r\n    void M() { }\r\n}\r\n";
        var result = await CodeFixHarness.FixAsync(CodeFixHarness.Document(before), "ORC017", "Add a <summary>");
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(before.Replace(
            "    [Tool]", "    /// <summary>TODO: say what this does and when to use it.</summary>\r\n    [Tool]", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Writes_full_names_where_there_is_no_using()
    {
        var document = CodeFixHarness.Document("""
            [Orchestra.Sdk.Plugin("p")] partial class P { [Orchestra.Sdk.Tool] public System.Threading.Tasks.Task M(int ä) => null!; }
            """, usings: "");
        document = await CodeFixHarness.FixAsync(document, "ORC018", "Add a CancellationToken");
        document = await CodeFixHarness.FixAsync(document, "ORC011", "Name the argument 'ae'");
        Assert.That((await document.GetTextAsync()).ToString(), Is.EqualTo("""
            [Orchestra.Sdk.Plugin("p")] partial class P { [Orchestra.Sdk.Tool] public System.Threading.Tasks.Task M([Orchestra.Sdk.Argument(Name = "ae")] int ä, System.Threading.CancellationToken cancellationToken = default) => null!; }
            """));
        await CodeFixHarness.VerifyIsCleanAsync(document, "ORC011");
    }
}
