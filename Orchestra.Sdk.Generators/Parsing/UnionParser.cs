using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a type with [JsonDerivedType] into a model.</summary>
internal readonly struct UnionParser(INamedTypeSymbol type, DefinedType reference, TypeParser types)
{
    // That of System.Text.Json, "$type", is no property name that clients take; docs/decisions/0008 tells more.
    private const string DefaultDiscriminator = "type";

    private string Discriminator =>
        type.FindAttribute(MetadataNames.JsonPolymorphic)?.NamedArgument("TypeDiscriminatorPropertyName") as string ?? DefaultDiscriminator;

    public static bool IsUnion(INamedTypeSymbol type) => type.FindAttribute(MetadataNames.JsonDerivedType) is not null;

    public UnionDefinition? Parse(out string fault)
    {
        if (types.IsInput && !Names.IsArgumentName(Discriminator))
        {
            fault = $"the discriminator of '{type.Name}' is named '{Discriminator}', which clients refuse: set TypeDiscriminatorPropertyName to 1 to 64 ASCII letters, digits, '_', '.' and '-'";
            return null;
        }

        var cases = new List<UnionCase>();
        var isNumeric = false;
        var isText = false;
        foreach (var attribute in type.GetAttributes())
        {
            if (!attribute.AttributeClass.Is(MetadataNames.JsonDerivedType) || attribute.ConstructorArgument(0) is not INamedTypeSymbol derived)
            {
                continue;
            }

            var tag = attribute.ConstructorArgument(1);
            isNumeric |= tag is int;
            isText |= tag is string;
            if (tag is null)
            {
                fault = $"'{type.Name}' names '{derived.Name}' without a type discriminator";
                return null;
            }

            if (types.Define(derived, asItself: true, out fault) is not { } model)
            {
                fault = fault.Length > 0 ? fault : $"'{derived.Name}' has no JSON Schema form";
                return null;
            }

            if (Namesake(derived) is { } member)
            {
                fault = $"'{derived.Name}.{member.Symbol.Name}' and the discriminator of '{type.Name}' are both named '{member.Name}' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]";
                return null;
            }

            cases.Add(new UnionCase(model, System.Convert.ToString(tag, CultureInfo.InvariantCulture), Depth(derived)));
        }

        fault = cases.Count == 0 ? $"'{type.Name}' has no derived types"
            : isNumeric && isText ? $"'{type.Name}' mixes strings and numbers as type discriminators"
            : cases.Select(@case => @case.Tag).Distinct().Count() < cases.Count ? $"'{type.Name}' has a type discriminator twice"
            : "";
        return fault.Length > 0 ? null : new UnionDefinition(
            reference.Name,
            reference.FullName,
            MemberText.Title(type),
            Description: "",
            Discriminator,
            isNumeric,
            new EquatableArray<UnionCase>(cases));
    }

    /// <summary>The member of a derived type that has the discriminator's name; null when none has.</summary>
    private JsonMember? Namesake(INamedTypeSymbol derived)
    {
        var constructor = types.IsInput ? ObjectMembers.Constructor(derived, types.Context) : null;
        foreach (var member in JsonMember.Of(derived, constructor, types))
        {
            if (JsonMember.NameComparer(types.IsInput).Equals(member.Name, Discriminator) && !member.IsIgnored(types.IsInput))
            {
                return member;
            }
        }

        return null;
    }

    private static int Depth(INamedTypeSymbol type)
    {
        var depth = 0;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            depth++;
        }

        return depth;
    }
}
