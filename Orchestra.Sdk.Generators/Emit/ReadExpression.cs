using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The C# expression that reads an argument and checks its constraints.</summary>
internal static class ReadExpression
{
    /// <summary>The expression.</summary>
    /// <param name="type">The type to read.</param>
    /// <param name="constraints">What to check.</param>
    /// <param name="argument">The local that is read.</param>
    /// <param name="names">Those of the method that it stands in.</param>
    public static string Of(TypeModel type, Constraints constraints, string argument, LocalNames names) => type switch
    {
        NullableType nullable => $"{argument}.IsNull ? {Nothing(nullable)} : {Of(nullable.Inner, constraints, argument, names)}",
        DefinedType defined => $"Read{defined.Name}({argument})",
        ListType list => List(list, constraints, argument, names),
        DictionaryType dictionary => Dictionary(dictionary, constraints, argument, names),
        TupleType tuple => Tuple(tuple, argument, names),
        AnyType any => $"{argument}.Read{any.Kind}()",
        ScalarType { Kind: ScalarKind.Parsable } => $"{argument}.ReadParsable<{type.FullName}>()",
        ScalarType { Kind: ScalarKind.Bytes } => Bytes(constraints, argument),
        ScalarType { Kind: ScalarKind.Memory } => $"new global::System.ReadOnlyMemory<byte>({Bytes(constraints, argument)})",
        ScalarType { Kind: ScalarKind.String } => $"{argument}.ReadString({string.Join(", ", StringChecks(constraints))})",
        ScalarType { Kind: var kind } scalar when kind.IsInteger() => Number(
            "ReadInteger", scalar, constraints, argument, static _ => []),
        ScalarType { Kind: var kind } scalar when kind.IsNumber() => Number(
            "ReadNumber", scalar, constraints, argument, Exclusions),
        ScalarType scalar => $"{argument}.Read{scalar.Kind}()",
        _ => throw new System.ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>
    /// What stands for no value, beside one in a conditional expression: there <c>null</c> would be converted to the type of the value
    /// where that can be made of a null, as ReadOnlyMemory can of an array, and the default of an <c>int?</c> would be that of the int.
    /// </summary>
    public static string Nothing(TypeModel type) => type switch
    {
        NullableType { IsValueType: true } => $"default({type.FullName})",
        NullableType => "null",
        _ => "default!",
    };

    private static string Bytes(Constraints constraints, string argument) =>
        $"{argument}.ReadBytes({string.Join(", ", LengthChecks(constraints))})";

    private static string List(ListType list, Constraints constraints, string argument, LocalNames names) =>
        Convert(list.Conversion, Items($"{argument}.Read{list.Kind}", list.Item, constraints, names));

    private static string Dictionary(DictionaryType type, Constraints constraints, string argument, LocalNames names)
    {
        if (type.IsOfStrings())
        {
            return Convert(type.Conversion, Items($"{argument}.ReadDictionary", type.Value, constraints, names));
        }

        var (key, item) = (names.Next("key"), names.Next("item"));
        var readKey = $"static {key} => {Of(type.Key, Constraints.None, key, names)}";
        var readItem = $"static {item} => {Of(type.Value, Constraints.None, item, names)}";
        var checks = string.Concat(LengthChecks(constraints).Select(check => ", " + check));
        return Convert(type.Conversion, $"{argument}.ReadDictionary<{type.Key.FullName}, {type.Value.FullName}>({readKey}, {readItem}{checks})");
    }

    private static string Items(string method, TypeModel type, Constraints constraints, LocalNames names)
    {
        var item = names.Next("item");
        var checks = string.Concat(LengthChecks(constraints).Select(check => ", " + check));
        return $"{method}<{type.FullName}>(static {item} => {Of(type, Constraints.None, item, names)}{checks})";
    }

    private static string Tuple(TupleType tuple, string argument, LocalNames names)
    {
        var items = names.Next("items");
        var reads = tuple.Items.Select((item, i) => Of(item, Constraints.None, $"{items}[{Literals.Of(i)}]", names));
        return $"{argument}.ReadTuple<{tuple.FullName}>({Literals.Of(tuple.Items.Count)}, static {items} => ({string.Join(", ", reads)}))";
    }

    private static string Convert(string? conversion, string read) => conversion?.Replace("{0}", read) ?? read;

    // The runtime has overloads and no optional parameters: none, the lengths, or everything.
    private static IEnumerable<string> StringChecks(Constraints constraints)
    {
        if (constraints is { Pattern: null, Form: null, NotBlank: false, AllowedValues.Count: 0, DeniedValues.Count: 0 })
        {
            return LengthChecks(constraints);
        }

        return
        [
            .. Lengths(constraints),
            "pattern: " + (constraints.Pattern is { } pattern ? Literals.Of(pattern) : "null"),
            .. ValueChecks(constraints, Literals.Of),
            $"form: global::Orchestra.Sdk.Binding.TextForm.{constraints.Form ?? "Any"}",
            "notBlank: " + Literals.Of(constraints.NotBlank),
        ];
    }

    private static IEnumerable<string> LengthChecks(Constraints constraints) =>
        constraints is { MinLength: null, MaxLength: null } ? [] : Lengths(constraints);

    private static IEnumerable<string> Lengths(Constraints constraints) =>
    [
        "minLength: " + Literals.Of(constraints.MinLength ?? 0),
        "maxLength: " + (constraints.MaxLength is { } maximum ? Literals.Of(maximum) : "int.MaxValue"),
    ];

    private static IEnumerable<string> ValueChecks(Constraints constraints, System.Func<string, string> literal) =>
    [
        "allowed: " + Values(constraints.AllowedValues.Select(literal)),
        "denied: " + Values(constraints.DeniedValues.Select(literal)),
    ];

    private static string Values(IEnumerable<string> literals) => $"[{string.Join(", ", literals)}]";

    private static string Number(
        string method, ScalarType type, Constraints constraints, string argument, System.Func<Constraints, IEnumerable<string>> exclusions)
    {
        IEnumerable<string> checks;
        if (constraints is { AllowedValues.Count: 0, DeniedValues.Count: 0, MinimumIsExclusive: false, MaximumIsExclusive: false })
        {
            checks = constraints is { Minimum: null, Maximum: null } ? [] : Bounds(type, constraints);
        }
        else
        {
            checks =
            [
                .. Bounds(type, constraints),
                .. exclusions(constraints),
                .. ValueChecks(constraints, value => Literals.Of(value, type.Kind)),
            ];
        }

        return $"{argument}.{method}<{type.FullName}>({string.Join(", ", checks)})";
    }

    private static IEnumerable<string> Bounds(ScalarType type, Constraints constraints) =>
    [
        constraints.Minimum is { } minimum ? Literals.Of(minimum, type.Kind) : type.FullName + ".MinValue",
        constraints.Maximum is { } maximum ? Literals.Of(maximum, type.Kind) : type.FullName + ".MaxValue",
    ];

    private static IEnumerable<string> Exclusions(Constraints constraints) =>
    [
        "minimumIsExclusive: " + Literals.Of(constraints.MinimumIsExclusive),
        "maximumIsExclusive: " + Literals.Of(constraints.MaximumIsExclusive),
    ];
}
