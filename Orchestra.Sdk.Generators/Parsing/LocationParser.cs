using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Finds where a [Plugin] class is declared, and whether another half of it can be.</summary>
internal readonly struct LocationParser(INamedTypeSymbol plugin, DiagnosticSink diagnostics, CancellationToken cancellationToken)
{
    private static readonly SymbolDisplayFormat HintNameFormat =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The location; null where the class cannot be a plugin, which was reported.</summary>
    public TypeLocation? Parse()
    {
        var declarations = new List<string>();
        var isValid = HasName(plugin.ContainingNamespace);
        for (var type = plugin; type is not null; type = type.ContainingType)
        {
            isValid &= CheckClass(type) && CheckPartial(type) && type.Name.Length > 0;
            declarations.Insert(0, "partial " + Keyword(type) + " " + type.Identifier());
        }

        return isValid
            ? new TypeLocation(
                plugin.FullMetadataNamespace(),
                new EquatableArray<string>(declarations),
                TypeParser.FullName(plugin),
                plugin.ToDisplayString(HintNameFormat))
            : null;
    }

    /// <summary>While it is typed, any part of its name may be missing yet.</summary>
    private static bool HasName(INamespaceSymbol space) =>
        space.IsGlobalNamespace || (space.Name.Length > 0 && HasName(space.ContainingNamespace));

    private bool CheckClass(INamedTypeSymbol type)
    {
        var fault = type.TypeParameters.Length > 0 ? "generic"
            : type.IsFileLocal ? "file-local"
            : !SymbolEqualityComparer.Default.Equals(type, plugin) ? null
            : type.IsStatic ? "static"
            : type.IsAbstract ? "abstract"
            : null;
        if (fault is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.UnsupportedClass, type.Locations.FirstOrDefault(), type.Name, fault);
        }

        return fault is null;
    }

    private bool CheckPartial(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
                && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                diagnostics.Report(DiagnosticDescriptors.NotPartial, declaration.Identifier.GetLocation(), type.Name);
                return false;
            }
        }

        return true;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { IsValueType: true } => "struct",
        _ => "class",
    };
}
