using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that turns a result into a google.protobuf.Value.</summary>
internal static class WriteExpression
{
    private const string ResultValue = "global::Orchestra.Sdk.Binding.ResultValue";

    public static string Of(TypeModel type, string value, int depth = 0)
    {
        switch (type)
        {
            case NullableType { IsValueType: true } nullable:
                var local = "some" + Literals.Of(depth);
                return $"{value} is {{ }} {local} ? {Of(nullable.Inner, local, depth + 1)} : {ResultValue}.Of(default(string))";
            case NullableType nullable:
                return Of(nullable.Inner, value, depth);
            case DefinedType defined:
                return $"Write{defined.Name}({value})";
            case ListType list:
                return $"{ResultValue}.OfList({value}, {Item(list.Item, depth)})";
            case DictionaryType dictionary:
                return $"{ResultValue}.OfDictionary<{dictionary.Value.FullName}>({value}, {Item(dictionary.Value, depth)})";
            case TupleType tuple:
                // A tuple is a value, so that the pattern always matches; it only gives it a name.
                var items = "items" + Literals.Of(depth);
                var writes = tuple.Items.Select((item, i) => Of(item, $"{items}.Item{Literals.Of(i + 1)}", depth + 1));
                return $"{value} is var {items} ? {ResultValue}.OfItems({string.Join(", ", writes)}) : null!";
            case AnyType { Kind: AnyKind.Any }:
                return $"{ResultValue}.OfAny({value})";
            default:
                return $"{ResultValue}.Of({value})";
        }
    }

    private static string Item(TypeModel type, int depth)
    {
        var item = "item" + Literals.Of(depth);
        return $"static {item} => {Of(type, item, depth + 1)}";
    }
}
