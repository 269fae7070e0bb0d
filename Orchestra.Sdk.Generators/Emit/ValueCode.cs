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
    /// <param name="names">Those of the method that it stands in.</param>
    /// <returns>The locals; the second is empty where there is none.</returns>
    public static (string Value, string Given) Write(
        SourceWriter writer, string reader, PropertyModel property, bool isGivenKept, LocalNames names)
    {
        var (argument, value, given) = (names.Next("argument"), names.Next("value"), isGivenKept ? names.Next("given") : "");
        var read = ReadExpression.Of(TakesNull(property) ? property.Type : property.Type.WithoutNullable(), property.Constraints, argument, names);
        if (property.Optional is { } optional)
        {
            read = $"new {optional}({read})";
        }

        var method = property.IsRequired ? "Require" : property.Optional is not null && property.Type is NullableType ? "FindOrNull" : "Find";
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
            writer.Line($": {property.DefaultExpression ?? "default!"};");
        });
    }

    /// <summary>Whether null is read: elsewhere it is either a fault or as good as absent.</summary>
    private static bool TakesNull(PropertyModel property) =>
        (property.IsRequired || property.Optional is not null) && !property.Constraints.IsRequired;
}
