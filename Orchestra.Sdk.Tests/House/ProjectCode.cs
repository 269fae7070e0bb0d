using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Tests.House;

/// <summary>Compiles the files of a project, as far as to know what each name in them means.</summary>
internal static class ProjectCode
{
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly ConcurrentDictionary<string, SyntaxTree> Parsed = new();

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    // This test's own assemblies, which are those of all projects that it refers to.
    private static readonly Dictionary<string, MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), MetadataReference (path) => MetadataReference.CreateFromFile(path));

    /// <summary>The files of a project, each parsed once for all tests.</summary>
    public static IEnumerable<SyntaxTree> ParseSources(SolutionProject project) =>
        project.Sources.Select(file => Parsed.GetOrAdd(file, static file => Parse(File.ReadAllText(file), file)));

    public static CSharpCompilation Of(SolutionProject project) => Of(
        [.. ParseSources(project), .. GeneratedMessages(project)],
        project.GlobalUsings,
        References.Where(reference => reference.Key != project.Name && reference.Key != Self).Select(reference => reference.Value));

    public static CSharpCompilation Of(params IEnumerable<(string File, string Code)> sources) => Of(
        sources.Select(source => Parse(source.Code, source.File)), [], References.Values);

    private static string Self => typeof(ProjectCode).Assembly.GetName().Name!;

    // Named as these tests are, it sees what is internal in the other projects.
    private static CSharpCompilation Of(
        IEnumerable<SyntaxTree> trees, IEnumerable<string> usings, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
            Self,
            [.. trees, Parse(string.Concat(ImplicitUsings.Concat(usings).Select(name => $"global using {name};\n")), "")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    private static SyntaxTree Parse(string code, string file) => CSharpSyntaxTree.ParseText(code, ParseOptions, file);

    /// <summary>The messages of the protocol, in the one project that generates them.</summary>
    private static IEnumerable<SyntaxTree> GeneratedMessages(SolutionProject project)
    {
        string directory = Path.Combine(project.Directory, "obj", Configuration, "net10.0", "orchestra");
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories).Select(file => Parse(File.ReadAllText(file), ""))
            : [];
    }

    /// <summary>Debug or Release: as this was built, so was what it refers to.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
