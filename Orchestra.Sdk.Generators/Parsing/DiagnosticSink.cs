using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Takes what the parser finds wrong. The generator has no use for it and passes none; the analyzer reports it.</summary>
/// <param name="report">Reports it.</param>
/// <param name="compilation">Where it can be reported.</param>
/// <param name="plugin">Where it is reported that is wrong elsewhere: with what the plugin inherits from another assembly, or uses of it.</param>
internal readonly struct DiagnosticSink(Action<Diagnostic>? report, Compilation compilation, ISymbol plugin)
{
    public void Report(DiagnosticDescriptor descriptor, Location? location, params object?[] arguments) =>
        report?.Invoke(Diagnostic.Create(
            descriptor, location?.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree) ? location : plugin.Locations.FirstOrDefault(), arguments));
}
