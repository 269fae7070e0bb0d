using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What attributes say of a type or member, for the model that reads the schema.</summary>
internal static class MemberText
{
    public static string Title(ISymbol symbol) =>
        symbol.FindAttribute(MetadataNames.DisplayName)?.ConstructorArgument(0) as string ?? "";

    /// <summary>What an attribute says; null when none does.</summary>
    public static string? Attribute(ISymbol? symbol) =>
        symbol?.FindAttribute(MetadataNames.ArgumentAttribute)?.NamedArgument("Description") as string
        ?? symbol?.FindAttribute(MetadataNames.Description)?.ConstructorArgument(0) as string;
}
