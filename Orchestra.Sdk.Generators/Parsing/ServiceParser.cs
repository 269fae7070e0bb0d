using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a parameter with [FromServices] into a model.</summary>
internal static class ServiceParser
{
    /// <summary>Whether a service is asked for.</summary>
    public static bool IsService(IEnumerable<IParameterSymbol> declarations) =>
        declarations.Any(declaration => declaration.FindAttribute(MetadataNames.FromServicesAttribute) is not null);

    public static ServiceModel Parse(IParameterSymbol parameter)
    {
        var type = parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var isOptional = parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated;
        return new ServiceModel(
            parameter.Name,
            TypeParser.FullName(type),
            type.ToDisplayString(),
            !isOptional ? null
            : parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: string text } ? SymbolDisplay.FormatLiteral(text, quote: true)
            : "null");
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="declarations">It, and the same one of what the method overrides or implements.</param>
    /// <param name="isGiven">Whether its type is one that is injected anyway.</param>
    public static string? Fault(IParameterSymbol parameter, IEnumerable<IParameterSymbol> declarations, bool isGiven) =>
        isGiven ? "it is given without: remove the attribute"
        : parameter.Type.IsValueType ? $"'{parameter.Type.ToDisplayString()}' is a value type, and services are objects: take a class or an interface that has the value"
        : !parameter.Type.IsReferenceType || parameter.Type.TypeKind == TypeKind.Dynamic ? $"'{parameter.Type.ToDisplayString()}' is no class or interface"
        : parameter.IsParams ? "it is params: remove that"
        : Annotation(declarations) is { } annotation ? $"[{annotation}] is for arguments, which models send: remove one of the two"
        : null;

    private static string? Annotation(IEnumerable<IParameterSymbol> declarations) => declarations
        .SelectMany(declaration => declaration.GetAttributes())
        .Select(attribute => attribute.AttributeClass)
        .FirstOrDefault(type => type.Is(MetadataNames.ArgumentAttribute)
            || type.Is(MetadataNames.Description)
            || type?.FullMetadataNamespace() == MetadataNames.DataAnnotations)?.Name.Replace("Attribute", "");
}
