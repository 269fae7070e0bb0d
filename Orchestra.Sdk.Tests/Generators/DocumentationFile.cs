using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A documentation file as the build's targets hand it to the generator.</summary>
internal sealed class DocumentationFile(string path, string text, bool isMarked = true) : AdditionalText
{
    private int _reads;

    public static AnalyzerConfigOptionsProvider Options { get; } = new OptionsProvider();

    public override string Path => path;

    /// <summary>How often its text was asked for.</summary>
    public int Reads => _reads;

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        return SourceText.From(text, Encoding.UTF8);
    }

    private sealed class OptionsProvider : AnalyzerConfigOptionsProvider
    {
        private static readonly Metadata None = new([]);

        // The build hands over the metadata of all files, of most as nothing.
        private static readonly Metadata Unmarked = OfFile("");

        private static readonly Metadata Marked = OfFile("true");

        public override AnalyzerConfigOptions GlobalOptions => None;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => ((DocumentationFile)textFile).IsMarked ? Marked : Unmarked;

        private static Metadata OfFile(string mark) => new(new(AnalyzerConfigOptions.KeyComparer)
        {
            ["build_metadata.AdditionalFiles.OrchestraDocumentation"] = mark,
        });
    }

    private bool IsMarked => isMarked;

    private sealed class Metadata(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
