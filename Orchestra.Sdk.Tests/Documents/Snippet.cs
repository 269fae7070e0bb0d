using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>
/// Code that is shown to people, in as many files as it has parts. Statements of several parts become those of one file; members without
/// a class become members of the plugin class before them, or of one that is made for them.
/// </summary>
internal sealed class Snippet
{
    private static readonly string[] MembersOfPlugins = ["Tool", "StreamingTool", "Prompt", "OnEvent"];

    private readonly List<SnippetFile> _files = [];
    private string? _plugin;

    /// <summary>Whether it is a program.</summary>
    public bool HasStatements => _files.Any(file => file.Statements.Count > 0);

    public IEnumerable<string> Files => _files.Select(file => file.ToString());

    /// <summary>Adds code, with what is needed for it and is not shown.</summary>
    /// <param name="code">The code.</param>
    /// <param name="hidden">What is needed for it.</param>
    /// <param name="name">Where it is from, by which it is named in errors.</param>
    /// <param name="line">At which line.</param>
    /// <param name="continues">Whether the using lines before it are its own too.</param>
    public Snippet Add(string code, string hidden, string name, int line, bool continues)
    {
        var file = new SnippetFile { Usings = continues ? [.. _files[^1].Usings] : [] };
        Add(hidden, file, $"{name} (hidden)", 1);
        Add(code, file, name, line);
        if (file.Statements.Count > 0 && _files.Find(earlier => earlier.Statements.Count > 0) is { } program)
        {
            program.TakeOver(file);
        }
        else
        {
            _files.Add(file);
        }

        return this;
    }

    /// <summary>Whether it uses a type of this name that is not in it.</summary>
    public bool Lacks(string type)
    {
        SyntaxNode[] roots = [.. Files.Select(Parse)];
        return roots.SelectMany(root => root.DescendantTokens()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == type)
            && !roots.SelectMany(root => root.DescendantNodes()).OfType<BaseTypeDeclarationSyntax>().Any(declared => declared.Identifier.ValueText == type);
    }

    private void Add(string code, SnippetFile file, string name, int line)
    {
        CompilationUnitSyntax root = Parse(code);
        file.Usings.UnionWith(root.Usings.Select(node => node.ToString()));
        if (root.Members.Any(IsMember))
        {
            string attribute = _plugin is null ? "[Orchestra.Sdk.Plugin(\"example\")] " : "";
            _plugin ??= "Example";
            file.Types.Add($"{attribute}public partial class {_plugin}\n{{\n{string.Join('\n', root.Members.Select(node => Place(node, name, line)))}\n}}");
            return;
        }

        file.Statements.AddRange(root.Members.Where(member => member is GlobalStatementSyntax).Select(node => Place(node, name, line)));
        file.Types.AddRange(root.Members.Where(member => member is not GlobalStatementSyntax).Select(node => Place(node, name, line)));
        _plugin = root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .LastOrDefault(type => AttributesOf(type.AttributeLists).Contains("Plugin"))?.Identifier.ValueText ?? _plugin;
    }

    // The compiler takes a method without a class for a local function, or for a method out of its place.
    private static bool IsMember(MemberDeclarationSyntax node) => node switch
    {
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax => true,
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } =>
            function.Modifiers.Any(SyntaxKind.PublicKeyword)
            || function.Modifiers.Any(SyntaxKind.PrivateKeyword)
            || AttributesOf(function.AttributeLists).Intersect(MembersOfPlugins).Any(),
        _ => false,
    };

    private static IEnumerable<string> AttributesOf(SyntaxList<AttributeListSyntax> lists) =>
        lists.SelectMany(list => list.Attributes).Select(attribute => attribute.Name.ToString());

    private static string Place(SyntaxNode node, string name, int line) =>
        $"#line {node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line + line} \"{name}\"\n{node.ToFullString()}";

    private static CompilationUnitSyntax Parse(string code) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, GeneratorHarness.ParseOptions).GetRoot();

    private sealed class SnippetFile
    {
        public HashSet<string> Usings { get; init; } = [];

        public List<string> Statements { get; } = [];

        public List<string> Types { get; } = [];

        public void TakeOver(SnippetFile other)
        {
            Usings.UnionWith(other.Usings);
            Statements.AddRange(other.Statements);
            Types.AddRange(other.Types);
        }

        public override string ToString() => string.Join('\n', [.. Usings, .. Statements, .. Types]);
    }
}
