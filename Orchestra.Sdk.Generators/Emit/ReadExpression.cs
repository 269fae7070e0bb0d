using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that reads an argument and checks its constraints.</summary>
internal static class ReadExpression
{
    public static string Of(TypeModel type, Constraints constraints, string argument, int depth = 0) => type switch
    {
        NullableType nullable => $"{argument}.IsNull ? null : {Of(nullable.Inner, constraints, argument, depth)}",
        DefinedType defined => $"Read{defined.Name}({argument})",
        ListType list => List(list, constraints, argument, depth),
        DictionaryType dictionary => Convert(
            dictionary.Conversion, Items($"{argument}.ReadDictionary", dictionary.Value, constraints, depth)),
        TupleType tuple => Tuple(tuple, argument, depth),
        AnyType any => $"{argument}.Read{any.Kind}()",
        ScalarType { Kind: ScalarKind.Bytes } => Bytes(constraints, argument),
        ScalarType { Kind: ScalarKind.Memory } => $"new global::System.ReadOnlyMemory<byte>({Bytes(constraints, argument)})",
        ScalarType { Kind: ScalarKind.String } => $"{argument}.ReadString({string.Join(", ", StringChecks(constraints))})",
        ScalarType { Kind: var kind } scalar when kind.IsInteger() => Number("ReadInteger", scalar, constraints, argument, IntegerBounds),
        ScalarType { Kind: var kind } scalar when kind.IsNumber() => Number("ReadNumber", scalar, constraints, argument, NumberBounds),
        ScalarType scalar => $"{argument}.Read{scalar.Kind}()",
        _ => throw new System.ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Bytes(Constraints constraints, string argument) =>
        $"{argument}.ReadBytes({string.Join(", ", LengthChecks(constraints))})";

    private static string List(ListType list, Constraints constraints, string argument, int depth) =>
        Convert(list.Conversion, Items($"{argument}.Read{list.Kind}", list.Item, constraints, depth));

    private static string Items(string method, TypeModel type, Constraints constraints, int depth)
    {
        var item = "item" + Literals.Of(depth);
        var checks = string.Concat(LengthChecks(constraints).Select(check => ", " + check));
        return $"{method}<{type.FullName}>(static {item} => {Of(type, Constraints.None, item, depth + 1)}{checks})";
    }

    private static string Tuple(TupleType tuple, string argument, int depth)
    {
        var items = "items" + Literals.Of(depth);
        var reads = tuple.Items.Select((item, i) => Of(item, Constraints.None, $"{items}[{Literals.Of(i)}]", depth + 1));
        return $"{argument}.ReadTuple<{tuple.FullName}>({Literals.Of(tuple.Items.Count)}, static {items} => ({string.Join(", ", reads)}))";
    }

    private static string Convert(string? conversion, string read) => conversion?.Replace("{0}", read) ?? read;

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

        foreach (var check in ValueChecks(constraints, Literals.Of))
        {
            yield return check;
        }

        if (constraints.Form is { } form)
        {
            yield return "form: global::Orchestra.Sdk.Binding.TextForm." + form;
        }

        if (constraints.NotBlank)
        {
            yield return "notBlank: true";
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

    private static IEnumerable<string> ValueChecks(Constraints constraints, System.Func<string, string> literal)
    {
        if (constraints.AllowedValues.Count > 0)
        {
            yield return $"allowed: [{string.Join(", ", constraints.AllowedValues.Select(literal))}]";
        }

        if (constraints.DeniedValues.Count > 0)
        {
            yield return $"denied: [{string.Join(", ", constraints.DeniedValues.Select(literal))}]";
        }
    }

    private delegate IEnumerable<string> Bounds(ScalarType type, Constraints constraints);

    private static string Number(string method, ScalarType type, Constraints constraints, string argument, Bounds bounds)
    {
        var checks = ValueChecks(constraints, value => Literals.Of(value, type.Kind)).ToList();
        if (checks.Count > 0 || constraints is not { Minimum: null, Maximum: null })
        {
            checks.InsertRange(0, bounds(type, constraints));
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
