using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that turns a result into a google.protobuf.Value.</summary>
internal static class WriteExpression
{
    private const string ResultValue = "global::Orchestra.Sdk.Values.ResultValue";

    /// <summary>The expression.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="value">What gives it, to be evaluated once.</param>
    /// <param name="names">Those of the method that it stands in.</param>
    public static string Of(TypeModel type, string value, LocalNames names)
    {
        switch (type)
        {
            case NullableType { IsValueType: true } nullable:
                var some = names.Next("some");
                return $"{value} is {{ }} {some} ? {Of(nullable.Inner, some, names)} : {ResultValue}.Of(default(string))";
            case NullableType nullable:
                return Of(nullable.Inner, value, names);
            case DefinedType defined:
                return $"Write{defined.Name}({value})";
            case ListType list:
                return $"{ResultValue}.OfList({value}, {Item(list.Item, names)})";
            case DictionaryType dictionary when !dictionary.IsOfStrings():
                return $"{ResultValue}.OfDictionary<{dictionary.Key.FullName}, {dictionary.Value.FullName}>({value}, {Item(dictionary.Key, names)}, {Item(dictionary.Value, names)})";
            case DictionaryType dictionary:
                return $"{ResultValue}.OfDictionary<{dictionary.Value.FullName}>({value}, {Item(dictionary.Value, names)})";
            case TupleType tuple:
                // A tuple is a value, so that the pattern always matches; it only gives it a name.
                var items = names.Next("items");
                var writes = tuple.Items.Select((item, i) => Of(item, $"{items}.Item{Literals.Of(i + 1)}", names));
                return $"{value} is var {items} ? {ResultValue}.OfItems({string.Join(", ", writes)}) : null!";
            case ScalarType { Kind: ScalarKind.Parsable }:
                return $"{ResultValue}.OfParsable<{type.FullName}>({value})";
            case AnyType { Kind: AnyKind.Any }:
                // It may be dynamic, of which the call would be bound at run time.
                return $"{ResultValue}.OfAny((object?){value})";
            default:
                return $"{ResultValue}.Of({value})";
        }
    }

    private static string Item(TypeModel type, LocalNames names)
    {
        var item = names.Next("item");
        return $"static {item} => {Of(type, item, names)}";
    }
}
