using System;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC011 and ORC012: offers the nearest name that clients take and no other parameter has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentNameFix)), Shared]
public sealed class ArgumentNameFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.InvalidArgumentName.Id, DiagnosticDescriptors.DuplicateArgumentName.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<ParameterSyntax>() is not { } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { ContainingSymbol: IMethodSymbol method } parameter)
        {
            return;
        }

        // All are named anew, so that each fix knows the names that others choose which are applied at once with it.
        var name = ValidNames.Distinct(
            [.. method.Parameters.Select(other => (
                other.FindAttribute(MetadataNames.ArgumentAttribute)?.NamedArgument("Name") as string ?? other.Name, other.Name))],
            Names.IsArgumentName,
            "_.-",
            StringComparer.OrdinalIgnoreCase)[parameter.Ordinal];

        var attribute = parameter.FindAttribute(MetadataNames.ArgumentAttribute)?.ApplicationSyntaxReference?.GetSyntax(fault.CancellationToken);
        var change = attribute is AttributeSyntax present
            ? Edits.SetProperty(present, "Name", Edits.Literal(name))
            : Edits.Insert(
                declaration.SpanStart,
                $"[{TypeNames.Attribute(MetadataNames.ArgumentAttribute, fault.Model, declaration.SpanStart)}(Name = {Edits.Literal(name)})] ");
        fault.Offer($"Name the argument '{name}'", "Nearest", change);
    }
}
