using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that reads an argument and checks its constraints.</summary>
internal static class ReadExpression
{
    public static string Of(TypeModel type, Constraints constraints, string argument, EnumMethods enums, int depth = 0) => type switch
    {
        NullableType nullable => $"{argument}.IsNull ? null : {Of(nullable.Inner, constraints, argument, enums, depth)}",
        EnumType enumType => $"{enums.Reader(enumType)}({argument})",
        ListType list => List(list, constraints, argument, enums, depth),
        ScalarType { Kind: ScalarKind.String } => $"{argument}.ReadString({string.Join(", ", StringChecks(constraints))})",
        ScalarType { Kind: var kind } scalar when kind.IsInteger() => Number("ReadInteger", scalar, constraints, argument, IntegerBounds),
        ScalarType { Kind: var kind } scalar when kind.IsNumber() => Number("ReadNumber", scalar, constraints, argument, NumberBounds),
        ScalarType scalar => $"{argument}.Read{scalar.Kind}()",
        _ => throw new System.ArgumentOutOfRangeException(nameof(type)),
    };

    private static string List(ListType list, Constraints constraints, string argument, EnumMethods enums, int depth)
    {
        var item = "item" + Literals.Of(depth);
        var read = Of(list.Item, Constraints.None, item, enums, depth + 1);
        var checks = string.Concat(LengthChecks(constraints).Select(check => ", " + check));
        return $"{argument}.Read{list.Kind}<{list.Item.FullName}>(static {item} => {read}{checks})";
    }

    private static IEnumerable<string> StringChecks(Constraints constraints)
    {
        foreach (var check in LengthChecks(constraints))
        {
            yield return check;
        }

        if (constraints.Pattern is { } pattern)
        {
            yield return "pattern: " + Literals.Of(pattern);
        }

        if (constraints.AllowedValues.Count > 0)
        {
            yield return $"allowed: [{string.Join(", ", constraints.AllowedValues.Select(Literals.Of))}]";
        }
    }

    private static IEnumerable<string> LengthChecks(Constraints constraints)
    {
        if (constraints.MinLength is { } minimum)
        {
            yield return "minLength: " + Literals.Of(minimum);
        }

        if (constraints.MaxLength is { } maximum)
        {
            yield return "maxLength: " + Literals.Of(maximum);
        }
    }

    private delegate IEnumerable<string> Bounds(ScalarType type, Constraints constraints);

    private static string Number(string method, ScalarType type, Constraints constraints, string argument, Bounds bounds)
    {
        var checks = constraints is { Minimum: null, Maximum: null, AllowedValues.Count: 0 } ? [] : bounds(type, constraints).ToList();
        if (constraints.AllowedValues.Count > 0)
        {
            checks.Add($"allowed: [{string.Join(", ", constraints.AllowedValues.Select(value => Literals.Of(value, type.Kind)))}]");
        }

        return $"{argument}.{method}<{type.FullName}>({string.Join(", ", checks)})";
    }

    private static IEnumerable<string> IntegerBounds(ScalarType type, Constraints constraints)
    {
        yield return constraints.Minimum is { } minimum ? Literals.Of(minimum, type.Kind) : type.FullName + ".MinValue";
        yield return constraints.Maximum is { } maximum ? Literals.Of(maximum, type.Kind) : type.FullName + ".MaxValue";
    }

    private static IEnumerable<string> NumberBounds(ScalarType type, Constraints constraints)
    {
        foreach (var bound in IntegerBounds(type, constraints))
        {
            yield return bound;
        }

        if (constraints.MinimumIsExclusive)
        {
            yield return "minimumIsExclusive: true";
        }

        if (constraints.MaximumIsExclusive)
        {
            yield return "maximumIsExclusive: true";
        }
    }
}
