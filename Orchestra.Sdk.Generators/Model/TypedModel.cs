namespace Orchestra.Sdk.Generators.Model;

/// <summary>A type that typed calls send or read, for plugins whose names are made in one way. Equal models give equal sources.</summary>
/// <param name="IsRead">Whether it is read of an answer, and not sent.</param>
/// <param name="Names">How names are made.</param>
/// <param name="Type">The type.</param>
/// <param name="Example">An expression of the type; null where its name can be written.</param>
/// <param name="Kind">Where an answer has its value.</param>
/// <param name="Definitions">The types that it is made of.</param>
internal sealed record TypedModel(
    bool IsRead, NamingPair Names, TypeModel Type, string? Example, ReturnKind Kind, EquatableArray<TypeDefinition> Definitions);

/// <summary>How a plugin makes its names; null where it does not say so.</summary>
internal sealed record NamingPair(NamingPolicy? Arguments, NamingPolicy? Enums)
{
    public static readonly NamingPair Default = new(null, null);
}
