using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What is one member of a type in JSON: a property or field, a parameter of the constructor, or both.</summary>
internal readonly struct JsonMember(DataMember? member, IParameterSymbol? parameter, NamingPolicies names)
{
    // Of System.Text.Json.Serialization.JsonIgnoreCondition.
    private const int Always = 1;
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;
    private const int WhenWriting = 4;
    private const int WhenReading = 5;

    /// <summary>The property or field; null where the constructor takes what none has.</summary>
    public DataMember? Member => member;

    public IParameterSymbol? Parameter => parameter;

    /// <summary>The member, or else the parameter.</summary>
    public ISymbol Symbol => member?.Symbol ?? parameter!;

    /// <summary>What is read is what the constructor takes, though a property of its name may give something else.</summary>
    public ITypeSymbol Type => parameter?.Type ?? member!.Type;

    public string Name =>
        member?.FindAttribute(MetadataNames.JsonPropertyName)?.ConstructorArgument(0) as string
        ?? (member is null ? parameter!.FindAttribute(MetadataNames.ArgumentAttribute) : member.FindAttribute(MetadataNames.ArgumentAttribute))
            ?.NamedArgument("Name") as string
        ?? names.Member(Symbol);

    public LeaveOut IsLeftOut => IgnoreCondition switch
    {
        WhenWritingDefault => LeaveOut.WhenDefault,
        WhenWritingNull => LeaveOut.WhenNull,
        _ => LeaveOut.Never,
    };

    /// <summary>Whether it is a collection that nothing but filling it can change.</summary>
    public bool IsFilled => parameter is null && member is { IsWritable: false };

    /// <summary>Whether it holds the members that the type has no names for.</summary>
    public bool IsExtension => member?.FindAttribute(MetadataNames.JsonExtensionData) is not null;

    private int? IgnoreCondition =>
        member?.FindAttribute(MetadataNames.JsonIgnore) is { } attribute ? attribute.NamedArgument("Condition") as int? ?? Always : null;

    /// <summary>How names are told apart: of arguments case does not.</summary>
    public static StringComparer NameComparer(bool isInput) => isInput ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>All that the type reads or writes, and all that [JsonIgnore] excludes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="constructor">What makes it, where it is read.</param>
    /// <param name="types">Tells which of both it is.</param>
    public static IEnumerable<JsonMember> Of(INamedTypeSymbol type, IMethodSymbol? constructor, TypeParser types)
    {
        var parameters = constructor?.Parameters.ToList() ?? [];
        var members = new List<JsonMember>();
        var found = ObjectMembers.Of(type, types.Context);
        foreach (var member in found)
        {
            var parameter = parameters.FirstOrDefault(parameter => parameter.Name == member.Symbol.Name)
                ?? parameters.FirstOrDefault(parameter =>
                    string.Equals(parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase)
                    && !found.Any(other => other.Symbol.Name == parameter.Name));
            if (parameter is not null)
            {
                parameters.Remove(parameter);
            }

            if (types.IsInput ? parameter is not null || member.IsWritable || member.IsFilled : member.IsReadable)
            {
                members.Add(new JsonMember(member, parameter, types.Context.Names));
            }
        }

        return parameters.Select(parameter => new JsonMember(member: null, parameter, types.Context.Names)).Concat(members);
    }

    public bool IsIgnored(bool isInput)
    {
        var condition = IgnoreCondition;
        return condition == Always || condition == (isInput ? WhenReading : WhenWriting);
    }
}
