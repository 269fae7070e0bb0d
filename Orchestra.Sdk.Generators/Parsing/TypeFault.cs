using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Says of a type without a form in JSON what it is that has none.</summary>
internal static class TypeFault
{
    private const int MaxDepth = 8;

    /// <summary>Such as <c>its keys are 'object'</c>; empty where its name says all, or the compiler does.</summary>
    public static string Of(ITypeSymbol type, ParseContext context) => Of(type, context, depth: 0);

    private static string Of(ITypeSymbol type, ParseContext context, int depth)
    {
        // Of another type it is only the name that is worth telling.
        string Within(string what, ITypeSymbol part)
        {
            var reason = depth < MaxDepth ? Of(part, context, depth + 1) : "";
            return $"its {what} are '{part.ToDisplayString()}'" + (reason.Length > 0 ? ", and " + reason : "");
        }

        switch (type)
        {
            case var known when KnownTypes.Scalar(known) is not null || KnownTypes.AnyOf(known) is not null:
                return "";
            case IPointerTypeSymbol or IFunctionPointerTypeSymbol:
                return "it is a pointer";
            case IArrayTypeSymbol { Rank: > 1 }:
                return "it has several dimensions: take an array of arrays";
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return Of(nullable.TypeArguments[0], context, depth);
            case ITypeParameterSymbol:
                return "it is a type parameter";
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return tuple.TupleElements.Select(element => (element, Reason: Of(element.Type, context, depth + 1))).FirstOrDefault(each => each.Reason.Length > 0) is { Reason: { } reason, element: { } item }
                    ? $"its item '{item.Name}' is a '{item.Type.ToDisplayString()}', and {reason}"
                    : "";
        }

        if (KnownTypes.List(type) is { } list)
        {
            return Within("items", list.Item);
        }

        return type is INamedTypeSymbol named ? OfNamed(named, context, Within) : "";
    }

    private delegate string Parts(string what, ITypeSymbol part);

    private static string OfNamed(INamedTypeSymbol type, ParseContext context, Parts within)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return "";
        }

        if (DictionaryArguments(type) is { } entry)
        {
            return Of(entry.Key, context, MaxDepth).Length > 0
                ? $"its keys are '{entry.Key.ToDisplayString()}'"
                : within("values", entry.Value);
        }

        return type.TypeKind == TypeKind.Delegate ? "it is a delegate"
            : type.IsRefLikeType ? "it is a ref struct: take an array"
            : type.IsStatic ? "it is static"
            : type.IsFileLocal ? "it is file-local"
            : !context.IsAccessible(type) ? $"generated code cannot use it, as it is not accessible from {context.Place}"
            : type.IsUnboundGenericType || type.TypeArguments.Any(argument => argument.TypeKind == TypeKind.TypeParameter) ? "it is an open generic"
            : Inherits(type, "System.Exception") ? "it is an exception"
            : Inherits(type, "System.Attribute") ? "it is an attribute"
            : type.AllInterfaces.Any(contract => contract.Is("Google.Protobuf.IMessage")) ? "it is a message of protobuf: take a Struct, or a record of its fields"
            : IsCollection(type) ? "it is a collection that is not known: take a list of its items"
            : type.TypeKind == TypeKind.Interface ? "it is an interface: take a class, or name the types that implement it by [JsonDerivedType]"
            : !context.IsInSource(type) && IsOfFramework(type) ? "of this type of .NET no form is known: take what identifies it, such as a string"
            : "";
    }

    private static (ITypeSymbol Key, ITypeSymbol Value)? DictionaryArguments(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces.Prepend(type))
        {
            if (contract.TypeArguments.Length == 2
                && (contract.Is("System.Collections.Generic.IDictionary") || contract.Is("System.Collections.Generic.IReadOnlyDictionary")))
            {
                return (contract.TypeArguments[0], contract.TypeArguments[1]);
            }
        }

        return null;
    }

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.AllInterfaces.Prepend(type).Any(contract =>
            contract.Is("System.Collections.IEnumerable") || contract.Is(MetadataNames.AsyncEnumerable));

    private static bool Inherits(INamedTypeSymbol? type, string ancestor) => type is not null && (type.Is(ancestor) || Inherits(type.BaseType, ancestor));

    private static bool IsOfFramework(INamedTypeSymbol type) =>
        type.FullMetadataNamespace() is var name && (name == "System" || name.StartsWith("System.", System.StringComparison.Ordinal));
}
