using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that turns a result into a google.protobuf.Value.</summary>
internal static class WriteExpression
{
    private const string ResultValue = "global::Orchestra.Sdk.Binding.ResultValue";

    public static string Of(TypeModel type, string value, EnumMethods enums, int depth = 0)
    {
        switch (type)
        {
            case NullableType { IsValueType: true } nullable:
                var local = "some" + Literals.Of(depth);
                return $"{value} is {{ }} {local} ? {Of(nullable.Inner, local, enums, depth + 1)} : {ResultValue}.Of(default(string))";
            case NullableType nullable:
                return Of(nullable.Inner, value, enums, depth);
            case EnumType enumType:
                return $"{enums.Writer(enumType)}({value})";
            case ListType list:
                var item = "item" + Literals.Of(depth);
                return $"{ResultValue}.OfList({value}, static {item} => {Of(list.Item, item, enums, depth + 1)})";
            default:
                return $"{ResultValue}.Of({value})";
        }
    }
}
