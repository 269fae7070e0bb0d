namespace Orchestra.Sdk.Tests.Binding;

public class TextArgumentTests
{
    [TestCase("2026-10-03", 0, DateTimeKind.Unspecified)]
    [TestCase("2026-10-03T14:30", 522_000_000_000, DateTimeKind.Unspecified)]
    [TestCase("2026-10-03 00:00:01", 10_000_000, DateTimeKind.Unspecified)]
    [TestCase("2026-10-03T00:00:00.25", 2_500_000, DateTimeKind.Unspecified)]
    [TestCase("2026-10-03t00:00:00.123456789z", 1_234_567, DateTimeKind.Utc)]
    [TestCase("2026-10-03T02:00:00+02:00", 0, DateTimeKind.Utc)]
    [TestCase("2026-10-02T23:30:00-00:30", 0, DateTimeKind.Utc)]
    [TestCase("2026-10-03T14:00:00+14:00", 0, DateTimeKind.Utc)]
    public void Reads_dates_and_times(string text, long ticks, DateTimeKind kind)
    {
        DateTime value = Call.Read($"\"{text}\"", a => a.ReadDateTime());

        Assert.That((value - new DateTime(2026, 10, 3)).Ticks, Is.EqualTo(ticks));
        Assert.That(value.Kind, Is.EqualTo(kind));
    }

    [TestCase("tomorrow")]
    [TestCase("")]
    [TestCase("2026-10-3")]
    [TestCase("202610-03")]
    [TestCase("2026-1003")]
    [TestCase("2026-10-03T1430")]
    [TestCase("2026-10-03T:30:00")]
    [TestCase("2026-10-03T14:30:00+0200")]
    [TestCase("2026-02-29")]
    [TestCase("2026-13-01")]
    [TestCase("0000-01-01")]
    [TestCase("2026-10-03T")]
    [TestCase("2026-10-03T14")]
    [TestCase("2026-10-03T24:00:00")]
    [TestCase("2026-10-03T14:60:00")]
    [TestCase("2026-10-03T14:30:60")]
    [TestCase("2026-10-03T14:30:")]
    [TestCase("2026-10-03T14:30:00.")]
    [TestCase("2026-10-03T14:30:00+2:00")]
    [TestCase("2026-10-03T14:30:00+15:00")]
    [TestCase("2026-10-03T14:30:00+02:60")]
    [TestCase("2026-10-03T14:30:00Zx")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    [TestCase("9999-12-31T23:59:59-00:01")]
    [TestCase("٢٠٢٦-10-03")]
    public void Refuses_other_dates_and_times(string text) => Assert.That(
        Call.Fault($"\"{text}\"", a => a.ReadDateTime()),
        Is.EqualTo($"expected a date and time such as \"2026-10-03T14:30:00Z\", got \"{text}\""));

    [Test]
    public void Reads_the_first_and_the_last_moment()
    {
        Assert.That(
            Call.Read("\"0001-01-01T01:00:00+01:00\"", a => a.ReadDateTime()), Is.EqualTo(DateTime.MinValue));
        Assert.That(
            Call.Read("\"9999-12-31T22:59:59.9999999-01:00\"", a => a.ReadDateTime()), Is.EqualTo(DateTime.MaxValue));
    }

    [Test]
    public void Reads_the_offset() => Assert.That(
        Call.Read("\"2026-10-03T14:30:00.5-03:30\"", a => a.ReadDateTimeOffset()).ToString("O"),
        Is.EqualTo("2026-10-03T14:30:00.5000000-03:30"));

    [TestCase("2026-10-03T14:30:00")]
    [TestCase("2026-10-03")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    public void Requires_the_offset_and_a_moment_in_range(string text) => Assert.That(
        Call.Fault($"\"{text}\"", a => a.ReadDateTimeOffset()), Does.StartWith("expected a date and time with an offset"));

    [TestCase("2026-10-03", ExpectedResult = null)]
    [TestCase("2024-02-29", ExpectedResult = null)]
    [TestCase("2026-10-03T00:00:00", ExpectedResult = "expected a date such as \"2026-10-03\", got \"2026-10-03T00:00:00\"")]
    public string? Reads_only_dates(string text) => Call.Fault($"\"{text}\"", a => a.ReadDateOnly());

    [TestCase("23:59", ExpectedResult = null)]
    [TestCase("23:59:59.9999999", ExpectedResult = null)]
    [TestCase("14:30Z", ExpectedResult = "expected a time such as \"14:30:00\", got \"14:30Z\"")]
    [TestCase("2:30", ExpectedResult = "expected a time such as \"14:30:00\", got \"2:30\"")]
    public string? Reads_only_times(string text) => Call.Fault($"\"{text}\"", a => a.ReadTimeOnly());

    [TestCase("01:30:00", ExpectedResult = "01:30:00")]
    [TestCase("-1.00:00:00.5", ExpectedResult = "-1.00:00:00.5000000")]
    [TestCase("PT1H30M", ExpectedResult = "01:30:00")]
    [TestCase("P1W2DT3H4M5.6S", ExpectedResult = "9.03:04:05.6000000")]
    [TestCase("-PT0.5H", ExpectedResult = "-00:30:00")]
    [TestCase("P1D", ExpectedResult = "1.00:00:00")]
    [TestCase("PT0S", ExpectedResult = "00:00:00")]
    [TestCase("PT000000000000001S", ExpectedResult = "00:00:01")]
    [TestCase("P10675199DT2H48M5.4775807S", ExpectedResult = "10675199.02:48:05.4775807")]
    [TestCase("-P10675199DT2H48M5.4775808S", ExpectedResult = "-10675199.02:48:05.4775808")]
    public string Reads_durations(string text) => Call.Read($"\"{text}\"", a => a.ReadTimeSpan()).ToString();

    [TestCase("5")]
    [TestCase("01:30")]
    [TestCase("25:00:00")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1DT")]
    [TestCase("P1Y")]
    [TestCase("P1M")]
    [TestCase("PT1M1H")]
    [TestCase("PT1H1H")]
    [TestCase("PT1.5H1M")]
    [TestCase("PT1")]
    [TestCase("P1H")]
    [TestCase("PT1..5S")]
    [TestCase("P10675199DT2H48M5.4775808S")]
    [TestCase("PT0000000000000001S")]
    [TestCase("P999999999999999W")]
    [TestCase("P9999999999999999999999999999999999W")]
    [TestCase("1h")]
    public void Refuses_other_durations(string text) => Assert.That(
        Call.Fault($"\"{text}\"", a => a.ReadTimeSpan()),
        Does.StartWith("expected a duration such as \"01:30:00\" or \"PT1H30M\", got \""));

    [TestCase("0199A3C5-7b1e-7c3a-9f2d-4b6e8a1c5d70", ExpectedResult = true)]
    [TestCase("0199a3c57b1e7c3a9f2d4b6e8a1c5d70", ExpectedResult = false)]
    [TestCase("{0199a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70}", ExpectedResult = false)]
    [TestCase("+199a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70", ExpectedResult = false)]
    [TestCase("0x99a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70", ExpectedResult = false)]
    [TestCase(" 199a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70", ExpectedResult = false)]
    public bool Reads_only_the_usual_form_of_a_uuid(string text) => Call.Fault($"\"{text}\"", a => a.ReadGuid()) is null;

    [TestCase("https://example.com/a?b=c#d", ExpectedResult = true)]
    [TestCase("HTTPS://example.com", ExpectedResult = true)]
    [TestCase("mailto:ada@example.com", ExpectedResult = true)]
    [TestCase("file:///tmp/a", ExpectedResult = true)]
    [TestCase("/tmp/a", ExpectedResult = false)]
    [TestCase("example.com", ExpectedResult = false)]
    [TestCase("//example.com/a", ExpectedResult = false)]
    [TestCase("\\\\\\\\server\\\\share", ExpectedResult = false)]
    [TestCase(" https://example.com", ExpectedResult = false)]
    [TestCase("http://", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool Reads_only_absolute_uris(string text) => Call.Fault($"\"{text}\"", a => a.ReadUri()) is null;

    [TestCase("", ExpectedResult = "")]
    [TestCase("YQ==", ExpectedResult = "61")]
    [TestCase("YQ", ExpectedResult = "61")]
    [TestCase("+/+/", ExpectedResult = "FBFFBF")]
    [TestCase("-_-_", ExpectedResult = "FBFFBF")]
    public string Reads_bytes(string text) => Convert.ToHexString(Call.Read($"\"{text}\"", a => a.ReadBytes()));

    [TestCase("Y")]
    [TestCase("+_+/")]
    [TestCase("Y Q==")]
    public void Refuses_other_bytes(string text) => Assert.That(
        Call.Fault($"\"{text}\"", a => a.ReadBytes()), Is.EqualTo($"expected bytes in base64, got \"{text}\""));

    [TestCase(2, 3, ExpectedResult = "expected 2 to 3 bytes, got 1")]
    [TestCase(0, 0, ExpectedResult = "expected exactly 0 bytes, got 1")]
    [TestCase(1, 1, ExpectedResult = null)]
    public string? Checks_how_many_bytes_there_are(int minimum, int maximum) =>
        Call.Fault("\"YQ==\"", a => a.ReadBytes(minimum, maximum));

    [Test]
    public void Refuses_what_is_no_string() => Assert.That(
        Call.Fault("5", a => a.ReadDateOnly()), Is.EqualTo("expected a date such as \"2026-10-03\", got the number 5"));
}
