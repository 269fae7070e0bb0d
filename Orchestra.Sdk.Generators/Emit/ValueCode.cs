using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints how one argument or member is found by its name and read into a local.</summary>
internal static class ValueCode
{
    /// <summary>Writes the code.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="reader">The local that finds the value.</param>
    /// <param name="property">What to read.</param>
    /// <param name="isGivenKept">Whether a second local is to tell that it was given.</param>
    /// <param name="nullIsValue">Whether null is another thing than nothing where the type takes it.</param>
    /// <param name="names">Those of the method that it stands in.</param>
    /// <returns>The locals; the second is empty where there is none.</returns>
    public static (string Value, string Given) Write(
        SourceWriter writer, string reader, PropertyModel property, bool isGivenKept, bool nullIsValue, LocalNames names)
    {
        var (argument, value, given) = (names.Next("argument"), names.Next("value"), isGivenKept ? names.Next("given") : "");
        var findsNull = property is { IsRequired: false, Type: NullableType }
            && (property.Optional is not null || (nullIsValue && (isGivenKept || HasDefault(property))));
        var takesNull = (property.IsRequired || property.Optional is not null || findsNull) && !property.Constraints.IsRequired;
        var read = ReadExpression.Of(takesNull ? property.Type : property.Type.WithoutNullable(), property.Constraints, argument, names);
        if (property.Optional is { } optional)
        {
            read = $"new {optional}({read})";
        }

        var method = property.IsRequired ? "Require" : (IsText(property.Type.WithoutNullable()) ? "Find" : "FindNotEmpty") + (findsNull ? "OrNull" : "");
        Write(writer, property, value, given, $"{reader}.{method}({Literals.Of(property.Name)}, out var {argument})", read);
        return (value, given);
    }

    /// <summary>The same for what is found by other means.</summary>
    public static void Write(SourceWriter writer, PropertyModel property, string value, string given, string find, string read)
    {
        if (given.Length > 0)
        {
            writer.Line($"var {given} = {find};");
            find = given;
        }

        writer.Line($"{property.DeclaredType} {value} = {find}");
        writer.Indented(() =>
        {
            writer.Line("? " + read);
            writer.Line($": {property.DefaultExpression ?? ReadExpression.Nothing(property.Type)};");
        });
    }

    private static bool HasDefault(PropertyModel property) => property.DefaultExpression is not (null or "null!" or "default");

    /// <summary>Whether an empty string is a value.</summary>
    private static bool IsText(TypeModel type) => type
        is ScalarType { Kind: ScalarKind.String or ScalarKind.Bytes or ScalarKind.Memory or ScalarKind.Parsable }
        or AnyType { Kind: not (AnyKind.Struct or AnyKind.JsonObject or AnyKind.JsonArray) };
}
