using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Tells which types can have a definition, and defines enums.</summary>
internal static class DefinedTypes
{
    /// <summary>Whether the type can have a definition.</summary>
    /// <param name="type">The type.</param>
    /// <param name="context">Tells what generated code may use.</param>
    /// <param name="fault">Why not, where that is not plain from what the type is.</param>
    public static bool MayBeDefined(INamedTypeSymbol type, ParseContext context, out string fault)
    {
        var isOne = type is { IsStatic: false, IsRefLikeType: false }
            && type.TypeKind switch
            {
                TypeKind.Enum => true,
                TypeKind.Interface => UnionParser.IsUnion(type),
                TypeKind.Class or TypeKind.Struct => !IsOfFramework(type, context) && !IsEnumerable(type) && !IsMessageOrException(type),
                _ => false,
            };
        fault = isOne ? FaultOfUse(type, context) : "";
        return isOne && fault.Length == 0;
    }

    /// <summary>Whether it is known what each type argument is: while it is typed, one may be missing or be none.</summary>
    public static bool HasWholeArguments(INamedTypeSymbol type) => !type.IsUnboundGenericType && type.TypeArguments.All(argument =>
        argument is { TypeKind: not (TypeKind.TypeParameter or TypeKind.Error), SpecialType: not SpecialType.System_Void }
        && (argument is not INamedTypeSymbol named || HasWholeArguments(named)));

    /// <summary>Why generated code cannot name the type; empty where it can.</summary>
    public static string FaultOfUse(INamedTypeSymbol type, ParseContext context) =>
        type.IsFileLocal ? $"'{type.Name}' is file-local, and generated code is in another file"
        : type.IsObsoleteAsError() ? $"'{type.Name}' is obsolete as an error"
        : !context.IsAccessible(type) ? $"'{type.Name}' is not accessible from {context.Place}"
        : "";

    public static EnumDefinition? Enum(INamedTypeSymbol type, DefinedType reference, ParseContext context, out string fault)
    {
        var members = new List<EnumMember>();
        var values = new HashSet<object>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is { Name.Length: > 0, ConstantValue: { } value } && !field.IsObsoleteAsError())
            {
                var text = MemberText.Attribute(field);
                var comment = text is null ? new CommentSearch(context).In(field, "summary") : null;
                members.Add(new EnumMember(field.Identifier(), context.Names.EnumMember(field), Bits(value), IsAlias: !values.Add(value))
                {
                    Description = text ?? comment!.Text,
                    Comments = comment?.Unknown ?? default,
                });
            }
        }

        // A schema whose enum is empty could not be satisfied.
        var twice = members.GroupBy(member => member.Name).FirstOrDefault(namesakes => namesakes.Count() > 1)?.Key;
        fault = members.Count == 0 ? $"'{type.Name}' has no members"
            : twice is not null ? $"'{type.Name}' has two members named '{twice}' in JSON: name one by [JsonStringEnumMemberName]"
            : "";
        return fault.Length > 0
            ? null
            : new EnumDefinition(
                reference.Name,
                reference.FullName,
                MemberText.Title(type),
                Description: "",
                type.EnumUnderlyingType!.ToDisplayString(),
                type.FindAttribute(MetadataNames.Flags) is not null,
                new EquatableArray<EnumMember>(members));
    }

    /// <summary>The bits of a value, and no more of them than its type has.</summary>
    private static ulong Bits(object value) => unchecked(value switch
    {
        ulong bits => bits,
        sbyte bits => (byte)bits,
        short bits => (ushort)bits,
        int bits => (uint)bits,
        _ => (ulong)System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
    });

    // What such a type means in JSON cannot be told from its properties.
    private static bool IsOfFramework(INamedTypeSymbol type, ParseContext context)
    {
        var name = type.FullMetadataNamespace();
        return !context.IsInSource(type)
            && (IsWithin(name, "System") || IsWithin(name, "Orchestra.Sdk"))
            && !type.Is("System.Collections.Generic.KeyValuePair");
    }

    public static bool IsWithin(string name, string ancestor) =>
        name == ancestor || name.StartsWith(ancestor + ".", System.StringComparison.Ordinal);

    public static bool IsMessageOrException(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(contract => contract.Is("Google.Protobuf.IMessage")) || IsExceptionOrAttribute(type);

    private static bool IsEnumerable(INamedTypeSymbol type) => type.AllInterfaces.Any(contract => contract.Is("System.Collections.IEnumerable"));

    private static bool IsExceptionOrAttribute(INamedTypeSymbol? type) =>
        type is not null && (type.Is("System.Exception") || type.Is("System.Attribute") || IsExceptionOrAttribute(type.BaseType));
}
