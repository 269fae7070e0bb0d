using System;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Takes what the parser finds wrong. The generator has no use for it and passes none; the analyzer reports it.</summary>
internal readonly struct DiagnosticSink(Action<Diagnostic>? report)
{
    public void Report(DiagnosticDescriptor descriptor, Location? location, params object?[] arguments) =>
        report?.Invoke(Diagnostic.Create(descriptor, location, arguments));
}
