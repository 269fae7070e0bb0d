using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What becomes of the comment above a declaration: text, in lines where it has paragraphs, lists or code.</summary>
public sealed class DocumentationCommentTests
{
    [TestCase("a<para>b</para>c", "a\n\nb\n\nc")]
    [TestCase("<para>a</para> <para>b</para>", "a\n\nb")]
    [TestCase("a <br/> b", "a\nb")]
    [TestCase("a<code>b</code>c", "a\nb\nc")]
    [TestCase("a\n <code>\n   if (b)\n     c;\n\n   d;\n </code>\n e", "a\nif (b)\n  c;\n\nd;\ne")]
    [TestCase("a<code></code>b", "a\nb")]
    [TestCase("a<list><item>b</item> <item>c\n d</item></list>e", "a\n- b\n- c d\ne")]
    [TestCase("a<list type=\"number\"><item>b</item><item>c</item></list>", "a\n1. b\n2. c")]
    [TestCase("<list type=\"table\"><listheader><term>a</term><description>b</description></listheader><item><term>c</term><description>d</description></item></list>", "- a: b\n- c: d")]
    [TestCase("<list><item><description>a</description></item></list>", "- a")]
    [TestCase("<list><item><term>a</term></item></list>", "- a")]
    [TestCase("<list><item>a<list><item>b</item></list></item></list>", "- a\n- b")]
    [TestCase("a<list>b</list>c", "a b\nc")]
    [TestCase("<list><item>a</item>b<item>c</item></list>", "- a b\n- c")]
    [TestCase("a<c>b</c>d", "abd")]
    [TestCase(" a\n\t b ", "a b")]
    [TestCase("<![CDATA[a < b]]> &amp; c", "a < b & c")]
    [TestCase("<see cref=\"T:A.B\"/>", "B")]
    [TestCase("<see cref=\"B\"/>", "B")]
    [TestCase("<see cref=\"M:A.B.Do(System.Int32,System.String)\"/>", "Do")]
    [TestCase("<see cref=\"T:A.List`1\"/>", "List")]
    [TestCase("<see cref=\"M:A.List`1.Convert``1(System.Func{`0,``0})\"/>", "Convert")]
    [TestCase("<see cref=\"M:A.B.#ctor(System.Int32)\"/>", "B")]
    [TestCase("<see cref=\"Dictionary{System.String, List{System.Int32}}\"/>", "Dictionary")]
    [TestCase("<see cref=\"A.List{T}.Add(T)\"/>", "Add")]
    [TestCase("<see langword=\"null\"/>", "null")]
    [TestCase("<see href=\"https://example.org/a\"/>", "https://example.org/a")]
    [TestCase("<paramref name=\"x\"/> and <typeparamref name=\"T\"/>", "x and T")]
    [TestCase("See <see cref=\"T:A.B\">that</see>.", "See that.")]
    [TestCase("<see/>a<see></see>", "a")]
    public void Reads_as_text(string summary, string text) =>
        Assert.That(DocumentationComment.Parse($"<summary>{summary}</summary>").Summary, Is.EqualTo(text));

    [TestCase("<summary>a</summary><remarks>b</remarks>", "a\n\nb")]
    [TestCase("<remarks>b</remarks><summary> a </summary>", "a\n\nb")]
    [TestCase("<remarks>b</remarks>", "b")]
    [TestCase("<summary>a</summary><remarks/>", "a")]
    public void Has_the_remarks_after_the_summary(string xml, string text) => Assert.That(DocumentationComment.Parse(xml).Summary, Is.EqualTo(text));

    [TestCase("<summary>a")]
    [TestCase("a &nbsp; <summary>a</summary>")]
    [TestCase("")]
    public void Is_empty_where_it_is_malformed(string xml)
    {
        var comment = DocumentationComment.Parse(xml);
        Assert.That(comment.IsEmpty, Is.True);
        Assert.That(comment.Summary, Is.Empty);
    }

    [TestCase("""
        /// <summary>
        /// a
        /// b
        /// </summary>
        int M();
        """, "a b")]
    [TestCase("/// <summary>a</summary>\n\n// Not this.\n[Obsolete] int M();", "a")]
    [TestCase("/** <summary>a</summary> */ int M();", "a")]
    [TestCase("""
        /** <summary>a
          * b
          ** c
            d</summary>
          */
        int M();
        """, "a b c d")]
    [TestCase("""
        /**
         * <summary>a</summary>
         **/
        int M();
        """, "a")]
    [TestCase("/** <summary>a</summary> */ /* Not this. */ /** <remarks>b</remarks> */ int M();", "a\n\nb")]
    [TestCase("/**/\n/// <summary>\n/// a\n/// b</summary>\nint M();", "a b")]
    [TestCase("// <summary>a</summary>\nint M();", "")]
    [TestCase("//// <summary>a</summary>\nint M();", "")]
    [TestCase("/* <summary>a</summary> */ int M();", "")]
    [TestCase("/*\n/// <summary>a</summary>\n*/ int M();", "")]
    [TestCase("/*** <summary>a</summary> */ int M();", "")]
    [TestCase("#if OLD\n/// <summary>a</summary>\n#else\n/// <summary>b</summary>\n#endif\nint M();", "b")]
    [TestCase("#region /// <summary>a</summary>\nint M();\n#endregion", "")]
    public void Is_what_the_compiler_takes_for_one(string member, string summary)
    {
        foreach (var mode in Enum.GetValues<DocumentationMode>())
        {
            Assert.That(SummaryOf(mode, $"interface C {{\n{member}\n}}"), Is.EqualTo(summary), $"{mode}");
        }
    }

    [Test]
    public void Of_a_field_stands_above_all_that_are_declared_with_it() =>
        Assert.That(SummaryOf(DocumentationMode.None, "class C {\n/// <summary>a</summary>\npublic int L, M; }"), Is.EqualTo("a"));

    [Test]
    public void Of_a_type_in_parts_stands_above_any_of_them()
    {
        var compilation = GeneratorHarness.Compilation("/**/ partial class C; // <summary>a</summary>\npartial class C; /** <summary>b</summary> */ partial class C;");
        Assert.That(DocumentationComment.Of(compilation.GetTypeByMetadataName("C")!, default).Summary, Is.EqualTo("b"));
    }

    private static string SummaryOf(DocumentationMode mode, string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, GeneratorHarness.ParseOptions.WithDocumentationMode(mode));
        var compilation = CSharpCompilation.Create("Commented", [tree], GeneratorHarness.References);
        return DocumentationComment.Of(compilation.GetTypeByMetadataName("C")!.GetMembers("M").Single(), default).Summary;
    }
}
