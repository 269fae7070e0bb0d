using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The SDK's Optional, which parameters and members may be of.</summary>
internal static class OptionalTypes
{
    public static bool IsOne(ITypeSymbol type) => type is INamedTypeSymbol { Arity: 1 } && type.Is("Orchestra.Sdk.Optional");

    /// <summary>What may be absent, where the type is an Optional; else the type.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type) => IsOne(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    /// <summary>The type's name in generated code where it is an Optional; else null.</summary>
    public static string? FullName(ITypeSymbol type) => IsOne(type) ? TypeParser.FullName(type) : null;
}
