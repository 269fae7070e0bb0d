using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What attributes and comments say of a type or member, for the model that reads the schema.</summary>
internal static class MemberText
{
    public static string Title(ISymbol symbol) =>
        symbol.FindAttribute(MetadataNames.DisplayName)?.ConstructorArgument(0) as string ?? "";

    public static string Description(ISymbol symbol, ParseContext context) =>
        Attribute(symbol) ?? Summary(symbol, context).Text;

    /// <summary>Where the description may stand, when the compiler does not know it.</summary>
    public static EquatableArray<CommentReference> Comments(ISymbol symbol, ParseContext context) =>
        Attribute(symbol) is null ? Summary(symbol, context).Unknown : default;

    /// <summary>What an attribute says; null when none does.</summary>
    public static string? Attribute(ISymbol? symbol) =>
        symbol?.FindAttribute(MetadataNames.ArgumentAttribute)?.NamedArgument("Description") as string
        ?? symbol?.FindAttribute(MetadataNames.Description)?.ConstructorArgument(0) as string;

    private static CommentSearch Summary(ISymbol symbol, ParseContext context) =>
        new CommentSearch(context.CancellationToken).In(symbol, "summary");
}
