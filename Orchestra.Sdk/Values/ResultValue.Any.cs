using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

public static partial class ResultValue
{
    /// <summary>An integer, as a string of digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(Int128 value) => OfDigits(value);

    /// <summary>An integer, as a string of digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(UInt128 value) => OfDigits(value);

    /// <summary>An integer, as a string of digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(BigInteger value) => OfDigits(value);

    /// <summary>A version such as <c>1.2.3</c>, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(Version? value) => Of(value?.ToString());

    /// <summary>Bytes in base64, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(byte[]? value) => Of(value is null ? null : Convert.ToBase64String(value));

    /// <summary>Bytes in base64.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(ReadOnlyMemory<byte> value) => Value.ForString(Convert.ToBase64String(value.Span));

    /// <summary>Any value, as it is.</summary>
    /// <param name="value">The value; <see langword="null"/> is a <c>null</c>.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(Value? value) => value ?? Value.ForNull();

    /// <summary>Any object, as it is.</summary>
    /// <param name="value">The object; <see langword="null"/> is a <c>null</c>.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(Struct? value) => value is null ? Value.ForNull() : Value.ForStruct(value);

    /// <summary>Any JSON.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(JsonElement value) => JsonValues.Of(value);

    /// <summary>Any JSON, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(JsonNode? value) => JsonValues.Of(value);

    /// <summary>
    /// A string, number, boolean, date, name of an enum's member, bytes, JSON, or a list of these or a dictionary of these by name,
    /// told at run time.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public static Value OfAny(object? value) => JsonValues.Of(value);

    private static Value OfDigits<T>(T value)
        where T : IFormattable => Value.ForString(value.ToString(null, CultureInfo.InvariantCulture));
}
