using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>Which type with a JSON Schema form is nearest to one without.</summary>
internal readonly struct PortableTypes(Compilation compilation)
{
    /// <summary>What is named by a text, as a file is by its path, or may be anything, as text may. Derived types too.</summary>
    private static readonly HashSet<string> NamedByText =
    [
        "System.IO.Stream",
        "System.IO.TextReader",
        "System.IO.FileSystemInfo",
        "System.Text.StringBuilder",
        "System.Text.Encoding",
        "System.Text.RegularExpressions.Regex",
        "System.Globalization.CultureInfo",
        "System.Net.IPAddress",
        "System.Net.Mail.MailAddress",
        "System.TimeZoneInfo",
        "System.Type",
        "System.Text.Json.JsonDocument",
        "System.Text.Json.JsonElement",
        "System.Text.Json.Nodes.JsonNode",
        "Google.Protobuf.WellKnownTypes.Struct",
        "Google.Protobuf.WellKnownTypes.Value",
    ];

    /// <summary>The nearest type, which may be the type itself; null where none is near.</summary>
    public ITypeSymbol? InPlaceOf(ITypeSymbol type)
    {
        var replacement = Nearest(type) ?? type;
        if (!replacement.Is(MetadataNames.CancellationToken) && !HasSchema(replacement))
        {
            return null;
        }

        return type.NullableAnnotation == NullableAnnotation.Annotated && replacement.IsReferenceType
            ? replacement.WithNullableAnnotation(NullableAnnotation.Annotated)
            : replacement;
    }

    private bool HasSchema(ITypeSymbol type) => new TypeParser(
        new ParseContext(compilation, compilation.Assembly, diagnostics: default, cancellationToken: default), isInput: true)
        .Parse(type, out _) is not null;

    private ITypeSymbol? Nearest(ITypeSymbol type)
    {
        switch (type)
        {
            case { SpecialType: SpecialType.System_String }:
                return type;
            case { SpecialType: SpecialType.System_IntPtr }:
                return compilation.GetSpecialType(SpecialType.System_Int64);
            case { SpecialType: SpecialType.System_UIntPtr }:
                return compilation.GetSpecialType(SpecialType.System_UInt64);
            case { SpecialType: SpecialType.System_Object } or IDynamicTypeSymbol:
                return Text;
            case IArrayTypeSymbol { Rank: 1 } array:
                return InPlaceOf(array.ElementType) is { } element ? compilation.CreateArrayTypeSymbol(element) : null;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return InPlaceOfNullable(nullable);
            case INamedTypeSymbol named:
                return IsNamedByText(named) ? Text : OfBuffer(named) ?? OfCollection(named);
            default:
                return null;
        }
    }

    private ITypeSymbol Text => compilation.GetSpecialType(SpecialType.System_String);

    /// <summary>A token is never absent: the one that is never canceled stands for none.</summary>
    private ITypeSymbol? InPlaceOfNullable(INamedTypeSymbol nullable)
    {
        var value = nullable.TypeArguments[0];
        return value.Is(MetadataNames.CancellationToken) ? value
            : InPlaceOf(value) is not { } replacement ? null
            : replacement.IsValueType ? nullable.ConstructedFrom.Construct(replacement)
            : replacement.WithNullableAnnotation(NullableAnnotation.Annotated);
    }

    private static bool IsNamedByText(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (NamedByText.Contains(current.FullMetadataNamespace() + "." + current.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Arrays convert to spans and memories, and strings to those of characters that are only read.</summary>
    private ITypeSymbol? OfBuffer(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 1
            || !(type.Is("System.Span") || type.Is("System.ReadOnlySpan") || type.Is("System.Memory") || type.Is("System.ReadOnlyMemory")))
        {
            return null;
        }

        var item = type.TypeArguments[0];
        return item.SpecialType == SpecialType.System_Char && type.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? Text : compilation.CreateArrayTypeSymbol(item);
    }

    private ITypeSymbol? OfCollection(INamedTypeSymbol type)
    {
        foreach (var candidate in type.AllInterfaces.Insert(0, type))
        {
            if (candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                || candidate.Is("System.Collections.Generic.IAsyncEnumerable"))
            {
                var item = candidate.TypeArguments[0];
                return item.Is("System.Collections.Generic.KeyValuePair")
                    ? Construct("System.Collections.Generic.IReadOnlyDictionary`2", [.. ((INamedTypeSymbol)item).TypeArguments.Select(InPlaceOf)])
                    : Construct("System.Collections.Generic.IReadOnlyList`1", InPlaceOf(item));
            }
        }

        return type.AllInterfaces.Insert(0, type).Any(candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable)
            ? Construct("System.Collections.Generic.IReadOnlyList`1", Text)
            : null;
    }

    private INamedTypeSymbol? Construct(string metadataName, params ITypeSymbol?[] arguments) =>
        arguments.Any(argument => argument is null) ? null : compilation.GetTypeByMetadataName(metadataName)?.Construct([.. arguments.OfType<ITypeSymbol>()]);
}
