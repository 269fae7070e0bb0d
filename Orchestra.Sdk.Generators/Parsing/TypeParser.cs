using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns C# types into models; the table is in docs/schema.md.</summary>
internal static class TypeParser
{
    private static readonly SymbolDisplayFormat FullNameFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly Dictionary<string, ScalarKind> NamedScalars = new()
    {
        ["System.Half"] = ScalarKind.Half,
        ["System.DateTimeOffset"] = ScalarKind.DateTimeOffset,
        ["System.DateOnly"] = ScalarKind.DateOnly,
        ["System.TimeOnly"] = ScalarKind.TimeOnly,
        ["System.TimeSpan"] = ScalarKind.TimeSpan,
        ["System.Guid"] = ScalarKind.Guid,
        ["System.Uri"] = ScalarKind.Uri,
    };

    /// <summary>The model of a type; null where it has no JSON Schema form.</summary>
    public static TypeModel? Parse(ITypeSymbol type)
    {
        var fullName = FullName(type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Parse(nullable.TypeArguments[0]) is { } inner ? new NullableType(inner, IsValueType: true, fullName) : null;
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return Parse(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) is { } inner
                ? new NullableType(inner, IsValueType: false, fullName)
                : null;
        }

        if (Scalar(type) is { } scalar)
        {
            return new ScalarType(scalar, fullName);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType && enumType.FindAttribute(MetadataNames.Flags) is null)
        {
            return Enum(enumType, fullName);
        }

        return List(type) is var (kind, itemType) && Parse(itemType) is { } item ? new ListType(kind, item, fullName) : null;
    }

    public static string FullName(ITypeSymbol type) => type.ToDisplayString(FullNameFormat);

    private static ScalarKind? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ScalarKind.String,
        SpecialType.System_Boolean => ScalarKind.Boolean,
        SpecialType.System_Char => ScalarKind.Char,
        SpecialType.System_SByte => ScalarKind.SByte,
        SpecialType.System_Byte => ScalarKind.Byte,
        SpecialType.System_Int16 => ScalarKind.Int16,
        SpecialType.System_UInt16 => ScalarKind.UInt16,
        SpecialType.System_Int32 => ScalarKind.Int32,
        SpecialType.System_UInt32 => ScalarKind.UInt32,
        SpecialType.System_Int64 => ScalarKind.Int64,
        SpecialType.System_UInt64 => ScalarKind.UInt64,
        SpecialType.System_Single => ScalarKind.Single,
        SpecialType.System_Double => ScalarKind.Double,
        SpecialType.System_Decimal => ScalarKind.Decimal,
        SpecialType.System_DateTime => ScalarKind.DateTime,
        SpecialType.None when type is INamedTypeSymbol { IsGenericType: false, ContainingType: null, ContainingNamespace.Name: "System" }
            && NamedScalars.TryGetValue(type.FullMetadataNamespace() + "." + type.Name, out var kind) => kind,
        _ => null,
    };

    private static EnumType? Enum(INamedTypeSymbol type, string fullName)
    {
        var members = new List<EnumMember>();
        var values = new HashSet<object>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.ConstantValue is { } value)
            {
                var name = field.FindAttribute(MetadataNames.EnumMemberName)?.ConstructorArgument(0) as string;
                members.Add(new EnumMember(field.Identifier(), name ?? field.Name, IsAlias: !values.Add(value)));
            }
        }

        // A schema whose enum is empty could not be satisfied.
        return members.Count == 0
            ? null
            : new EnumType(fullName, type.EnumUnderlyingType!.ToDisplayString(), new EquatableArray<EnumMember>(members));
    }

    private static (ListKind Kind, ITypeSymbol Item)? List(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (ListKind.Array, array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: 1 } named => named.OriginalDefinition.SpecialType switch
        {
            SpecialType.System_Collections_Generic_IEnumerable_T
                or SpecialType.System_Collections_Generic_IReadOnlyList_T
                or SpecialType.System_Collections_Generic_IReadOnlyCollection_T => (ListKind.Array, named.TypeArguments[0]),
            SpecialType.System_Collections_Generic_IList_T
                or SpecialType.System_Collections_Generic_ICollection_T => (ListKind.List, named.TypeArguments[0]),
            _ when named.Is("System.Collections.Generic.List") => (ListKind.List, named.TypeArguments[0]),
            _ => null,
        },
        _ => null,
    };
}
