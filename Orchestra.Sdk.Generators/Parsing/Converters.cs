using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Finds converters of System.Text.Json, which nothing runs: the schema could not tell what they make of a value.</summary>
internal static class Converters
{
    private const string Attribute = "System.Text.Json.Serialization.JsonConverterAttribute";
    private const string OfEnums = "System.Text.Json.Serialization.JsonStringEnumConverter";

    /// <summary>Reports the converter that a type or member is marked by.</summary>
    public static void Report(ISymbol symbol, DiagnosticSink diagnostics)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (IsConverter(attribute.AttributeClass) && !(attribute.ConstructorArgument(0) is INamedTypeSymbol converter && converter.Is(OfEnums)))
            {
                diagnostics.Report(DiagnosticDescriptors.ConverterIsNotRun, attribute.Location(symbol), symbol.Name);
            }
        }
    }

    private static bool IsConverter(INamedTypeSymbol? type) => type is not null && (type.Is(Attribute) || IsConverter(type.BaseType));
}
