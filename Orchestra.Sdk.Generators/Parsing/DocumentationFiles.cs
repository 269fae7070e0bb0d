using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Xml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Reads the documentation files beside the references, which build/Orchestra.Sdk.targets hands over. Of those of which nothing is
/// wanted, which are most, not even the text is asked for.
/// </summary>
internal static class DocumentationFiles
{
    /// <summary>The step whose outputs are the comments of each file, for tests of cacheability.</summary>
    internal const string CommentsStep = "Comments";

    private const string IsDocumentation = "build_metadata.AdditionalFiles.OrchestraDocumentation";

    /// <summary>The comments that the plugins want, of all files.</summary>
    public static IncrementalValueProvider<EquatableArray<MemberComment>> Comments(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<PluginModel?> plugins)
    {
        var wanted = plugins
            .SelectMany(static (plugin, _) => plugin is null ? [] : Documentation.References(plugin))
            .Collect()
            .Select(static (references, _) => new EquatableArray<CommentReference>(references));
        return context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static input => IsMarked(input.Left, input.Right))
            .Select(static (input, _) => input.Left)
            .Combine(wanted)
            .Select(static (input, _) => (File: input.Left, Members: WantedOf(input.Left, input.Right)))
            .Select(static (input, cancellationToken) => Read(input.File, input.Members, cancellationToken))
            .WithTrackingName(CommentsStep)
            .Collect()
            .Select(static (comments, _) => new EquatableArray<MemberComment>(comments.SelectMany(ofFile => ofFile)));
    }

    private static bool IsMarked(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(IsDocumentation, out var value) && value == "true";

    /// <summary>The file has the name of its assembly.</summary>
    private static string AssemblyOf(AdditionalText file) => Path.GetFileNameWithoutExtension(file.Path);

    private static EquatableArray<string> WantedOf(AdditionalText file, EquatableArray<CommentReference> wanted)
    {
        var assembly = AssemblyOf(file);
        return new(wanted.Where(reference => reference.Assembly == assembly).Select(reference => reference.Member).Distinct());
    }

    private static EquatableArray<MemberComment> Read(AdditionalText file, EquatableArray<string> members, CancellationToken cancellationToken)
    {
        if (members.Count == 0 || file.GetText(cancellationToken) is not { } text)
        {
            return default;
        }

        var result = new List<MemberComment>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.ToString()));
            Read(reader, AssemblyOf(file), new HashSet<string>(members), result, cancellationToken);
        }
        catch (XmlException)
        {
            // What stands before the fault is as good as ever; the compiler does not mind such files either.
        }

        return new EquatableArray<MemberComment>(result);
    }

    private static void Read(
        XmlReader reader, string assembly, HashSet<string> wanted, List<MemberComment> result, CancellationToken cancellationToken)
    {
        while (wanted.Count > 0 && !reader.EOF)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "member" })
            {
                reader.Read();
            }
            else if (reader.GetAttribute("name") is { } name && wanted.Remove(name))
            {
                result.Add(new MemberComment(assembly, name, reader.ReadInnerXml()));
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
