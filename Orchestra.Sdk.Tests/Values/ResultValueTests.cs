using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Tests.Binding;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Values;

public class ResultValueTests
{
    private static readonly Gen<decimal> Decimals = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28])
        .Select((low, middle, high, isNegative, scale) => new decimal(low, middle, high, isNegative, scale));

    private static readonly Gen<DateTime> DateTimes = Gen.Select(Gen.DateTime, Gen.Bool)
        .Select((moment, isUtc) => DateTime.SpecifyKind(moment, isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified));

    private static readonly Gen<Uri> Uris =
        Gen.String[1, 20].Select(path => new Uri("https://example.com/" + Uri.EscapeDataString(path)));

    private static IEnumerable<TestCaseData<Value, string>> Forms()
    {
        yield return new(ResultValue.Of("a"), "\"a\"");
        yield return new(ResultValue.Of((string?)null), "null");
        yield return new(ResultValue.Of(9007199254740991L), "9007199254740991");
        yield return new(ResultValue.Of(9007199254740992L), "\"9007199254740992\"");
        yield return new(ResultValue.Of(long.MinValue), "\"-9223372036854775808\"");
        yield return new(ResultValue.Of(ulong.MaxValue), "\"18446744073709551615\"");
        yield return new(ResultValue.Of(0.1f), "0.1");
        yield return new(ResultValue.Of((Half)0.1), "0.1");
        yield return new(ResultValue.Of(0.3m), "0.3");
        yield return new(ResultValue.Of(0.1234567890123456789m), "\"0.1234567890123456789\"");
        yield return new(ResultValue.Of(new DateTime(2026, 10, 3, 14, 30, 0, DateTimeKind.Utc)), "\"2026-10-03T14:30:00Z\"");
        yield return new(ResultValue.Of(new DateTime(2026, 10, 3, 14, 30, 0, 250)), "\"2026-10-03T14:30:00.25\"");
        yield return new(
            ResultValue.Of(new DateTimeOffset(2026, 10, 3, 14, 30, 0, TimeSpan.FromHours(2))), "\"2026-10-03T14:30:00+02:00\"");
        yield return new(ResultValue.Of(new TimeOnly(14, 30)), "\"14:30:00\"");
        yield return new(ResultValue.Of(new TimeSpan(1, 12, 30, 0)), "\"P1DT12H30M\"");
        yield return new(ResultValue.Of(new Uri("https://example.com/ä")), "\"https://example.com/%C3%A4\"");
        yield return new(ResultValue.Of((Uri?)null), "null");
        yield return new(ResultValue.OfList([1, 2], ResultValue.Of), "[ 1, 2 ]");
        yield return new(ResultValue.OfList<int>(null, ResultValue.Of), "null");
        yield return new(ResultValue.OfList(ImmutableArray.Create(1, 2), ResultValue.Of), "[ 1, 2 ]");
        yield return new(ResultValue.OfList(default(ImmutableArray<int>), ResultValue.Of), "null");
        yield return new(ResultValue.Of("a"u8.ToArray()), "\"YQ==\"");
        yield return new(ResultValue.Of((byte[]?)null), "null");
        yield return new(ResultValue.Of((Struct?)null), "null");
        yield return new(ResultValue.Of((JsonNode?)null), "null");
        yield return new(ResultValue.OfUnknown(null), "null");
        yield return new(ResultValue.Of(TimeSpan.Zero), "\"PT0S\"");
        yield return new(ResultValue.Of(TimeSpan.FromMinutes(90)), "\"PT1H30M\"");
        yield return new(ResultValue.Of(-TimeSpan.FromMilliseconds(1500)), "\"-PT1.5S\"");
        yield return new(ResultValue.Of(TimeSpan.FromDays(3)), "\"P3D\"");
        yield return new(ResultValue.Of(TimeSpan.MinValue), "\"-P10675199DT2H48M5.4775808S\"");
        yield return new(ResultValue.OfFlags(3, [1, 3, 7], ["Read", "ReadWrite", "Admin"]), "[ \"ReadWrite\" ]");
        yield return new(ResultValue.OfFlags(7, [1, 3, 7], ["Read", "ReadWrite", "Admin"]), "[ \"Admin\" ]");
        yield return new(ResultValue.OfFlags(3, [1, 2, 3], ["Read", "Write", "Both"]), "[ \"Read\", \"Write\" ]");
        yield return new(ResultValue.OfFlags(7, [3, 6], ["Low", "High"]), "[ \"Low\", \"High\" ]");
        yield return new(ResultValue.OfFlags(7, [1, 2], ["Read", "Write"]), "[ \"Read\", \"Write\", 4 ]");
    }

    [TestCaseSource(nameof(Forms))]
    public void Has_the_form(Value value, string json) => Assert.That(value.ToString(), Is.EqualTo(json));

    [Test]
    public void Is_never_what_the_schema_does_not_say()
    {
        const string Number = "A tool returned the number {0}, which JSON cannot say. Return null for it, or a string.";
        Assert.That(() => ResultValue.Of(double.NaN), Throws.InvalidOperationException.With.Message.EqualTo(string.Format(null, Number, "NaN")));
        Assert.That(
            () => ResultValue.Of(float.PositiveInfinity),
            Throws.InvalidOperationException.With.Message.EqualTo(string.Format(null, Number, "Infinity")));
        Assert.That(
            () => ResultValue.OfAny(Half.NegativeInfinity),
            Throws.InvalidOperationException.With.Message.EqualTo(string.Format(null, Number, "-Infinity")));
        Assert.That(
            () => ResultValue.Of(new Uri("a/b", UriKind.Relative)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "A tool returned the relative URI \"a/b\". Make it absolute, or return it as a string."));
    }

    [Test]
    public void Needs_a_type_that_is_known()
    {
        Assert.That(() => ResultValue.OfAny(new object()), Throws.InvalidOperationException.With.Message.EqualTo(
            "A tool returned a System.Object as an object. "
            + "Declare its own type as the result, so that code to write it is generated."));
        Assert.That(() => ResultValue.OfUnknown(new object()), Throws.InvalidOperationException.With.Message.EqualTo(
            "A tool returned a System.Object, which none of the [JsonDerivedType] attributes of the declared type names."));
    }

    [Test]
    public void Strings_can_be_read_back() => Check(Gen.String, ResultValue.Of, a => a.ReadString());

    [Test]
    public void Booleans_can_be_read_back() => Check(Gen.Bool, ResultValue.Of, a => a.ReadBoolean());

    [Test]
    public void Characters_can_be_read_back() => Check(Gen.Char, ResultValue.Of, a => a.ReadChar());

    [Test]
    public void Integers_can_be_read_back()
    {
        Check(Gen.SByte, ResultValue.Of, a => a.ReadInteger<sbyte>());
        Check(Gen.Byte, ResultValue.Of, a => a.ReadInteger<byte>());
        Check(Gen.Short, ResultValue.Of, a => a.ReadInteger<short>());
        Check(Gen.UShort, ResultValue.Of, a => a.ReadInteger<ushort>());
        Check(Gen.Int, ResultValue.Of, a => a.ReadInteger<int>());
        Check(Gen.UInt, ResultValue.Of, a => a.ReadInteger<uint>());
        Check(Gen.Long, ResultValue.Of, a => a.ReadInteger<long>());
        Check(Gen.ULong, ResultValue.Of, a => a.ReadInteger<ulong>());
    }

    [Test]
    public void Finite_numbers_can_be_read_back()
    {
        Check(Gen.UShort.Select(BitConverter.UInt16BitsToHalf).Where(Half.IsFinite), ResultValue.Of, a => a.ReadNumber<Half>());
        Check(Gen.Float.Where(float.IsFinite), ResultValue.Of, a => a.ReadNumber<float>());
        Check(Gen.Double.Where(double.IsFinite), ResultValue.Of, a => a.ReadNumber<double>());
        Check(Decimals, ResultValue.Of, a => a.ReadNumber<decimal>());
        Check(Gen.Decimal, ResultValue.Of, a => a.ReadNumber<decimal>());
    }

    [Test]
    public void Dates_and_times_can_be_read_back()
    {
        Check(DateTimes, ResultValue.Of, a => a.ReadDateTime(), (left, right) => left == right && left.Kind == right.Kind);
        Check(Gen.DateTimeOffset, ResultValue.Of, a => a.ReadDateTimeOffset(), (left, right) => left.EqualsExact(right));
        Check(Gen.DateOnly, ResultValue.Of, a => a.ReadDateOnly());
        Check(Gen.TimeOnly, ResultValue.Of, a => a.ReadTimeOnly());
        Check(Gen.Long.Select(ticks => new TimeSpan(ticks)), ResultValue.Of, a => a.ReadTimeSpan());
    }

    [Test]
    public void Local_times_are_read_back_as_the_same_moment()
    {
        var local = new DateTime(2026, 10, 3, 14, 30, 0, DateTimeKind.Local);

        Assert.That(Call.Read(ResultValue.Of(local), a => a.ReadDateTime()), Is.EqualTo(local.ToUniversalTime()));
    }

    [Test]
    public void Uuids_and_uris_can_be_read_back()
    {
        Check(Gen.Guid, ResultValue.Of, a => a.ReadGuid());
        Check(Uris, ResultValue.Of, a => a.ReadUri());
    }

    [Test]
    public void Lists_can_be_read_back() => Check(
        Gen.Long.List[0, 8],
        list => ResultValue.OfList(list, ResultValue.Of),
        a => a.ReadList(i => i.ReadInteger<long>()),
        Enumerable.SequenceEqual);

    // Strict, because none of the tolerated forms may be needed.
    private static void Check<T>(Gen<T> gen, Func<T, Value> of, Func<Argument, T> read, Func<T, T, bool>? areSame = null)
    {
        areSame ??= EqualityComparer<T>.Default.Equals;
        gen.Sample(value => areSame(value, Call.Read(of(value), read, strict: true)));
    }
}
