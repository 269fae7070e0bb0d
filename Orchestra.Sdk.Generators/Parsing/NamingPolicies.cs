using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>How the names of a plugin are made where no attribute says them.</summary>
/// <param name="arguments">Of parameters and members; null for parameters as they are written and members in camelCase.</param>
/// <param name="enums">Of the members of enums; null for as they are written.</param>
internal readonly struct NamingPolicies(NamingPolicy? arguments, NamingPolicy? enums)
{
    /// <summary>Those that a [Plugin] sets.</summary>
    public static NamingPolicies Of(AttributeData plugin) => PairOf(plugin) is var pair ? new(pair.Arguments, pair.Enums) : default;

    /// <summary>What a [Plugin] sets.</summary>
    public static NamingPair PairOf(AttributeData plugin) => new(
        (NamingPolicy?)(plugin.NamedArgument("ArgumentNames") as int?),
        (NamingPolicy?)(plugin.NamedArgument("EnumNames") as int?));

    public string Argument(IParameterSymbol parameter) => Apply(arguments ?? NamingPolicy.AsWritten, parameter.Name);

    public string Member(ISymbol member) => Apply(arguments ?? NamingPolicy.CamelCase, member.Name);

    public string EnumMember(IFieldSymbol field) =>
        field.FindAttribute(MetadataNames.EnumMemberName)?.ConstructorArgument(0) as string ?? Apply(enums ?? NamingPolicy.AsWritten, field.Name);

    private static string Apply(NamingPolicy policy, string name) => policy switch
    {
        NamingPolicy.CamelCase => Names.ToCamelCase(name),
        NamingPolicy.SnakeCase => Names.ToSnakeCase(name),
        NamingPolicy.KebabCase => Names.ToSnakeCase(name).Replace('_', '-'),
        _ => name,
    };
}
