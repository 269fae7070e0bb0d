using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Binding;

public class ToleratedFormsTests
{
    private const string Tolerated = """{"NAME":"Ada","count":"3","on":"true","items":"[\"1\"]"}""";

    [Test]
    public void Logs_each_tolerated_form_once_a_tool()
    {
        var logger = new ListLogger(LogLevel.Debug);

        Bind(logger, "greet");
        Bind(logger, "greet");
        Bind(logger, "part");

        Assert.That(logger.Lines, Is.EqualTo(new[]
        {
            "Tool greet took a name in the wrong case, first seen at name. Logged once a tool.",
            "Tool greet took a number or boolean sent as a string, first seen at count. Logged once a tool.",
            "Tool greet took an array sent as a string of JSON, first seen at items. Logged once a tool.",
            "Tool part took a name in the wrong case, first seen at name. Logged once a tool.",
            "Tool part took a number or boolean sent as a string, first seen at count. Logged once a tool.",
            "Tool part took an array sent as a string of JSON, first seen at items. Logged once a tool.",
        }));
    }

    [Test]
    public void Logs_nothing_above_debug()
    {
        var logger = new ListLogger(LogLevel.Information);

        Bind(logger, "greet");

        Assert.That(logger.Lines, Is.Empty);
    }

    [Test]
    public void Logs_nothing_about_documented_forms()
    {
        var logger = new ListLogger(LogLevel.Debug);
        ArgumentReader reader = Call.Reader("""{"id":"9007199254740993","price":"1.5"}""", logger: logger);
        reader.Require("id", out Argument id);
        id.ReadInteger<long>();
        reader.Require("price", out Argument price);
        price.ReadNumber<decimal>();

        Assert.That(logger.Lines, Is.Empty);
    }

    [Test]
    public void Tells_the_form_and_where_it_was_seen()
    {
        Assert.That(Log("\"true\"", a => a.ReadBoolean()), Is.EqualTo("a number or boolean sent as a string, first seen at x"));
        Assert.That(
            Log("\"1.5\"", a => a.ReadNumber<double>()),
            Is.EqualTo("a number or boolean sent as a string, first seen at x"));
        Assert.That(Log("\"{}\"", a => a.ReadStruct()), Is.EqualTo("an object sent as a string of JSON, first seen at x"));
        Assert.That(Log("5", a => a.ReadBigInteger()), Is.EqualTo("a number sent for a string of digits, first seen at x"));
        Assert.That(Log("5", a => a.ReadString()), Is.EqualTo("a number or boolean sent for a string, first seen at x"));
        Assert.That(Log("\"a\"", a => a.ReadArray(i => i.ReadString())), Is.EqualTo("a single item sent for an array, first seen at x"));
        Assert.That(Log("\"a,b\"", a => a.ReadNames("a", "b")), Is.EqualTo("flags sent as one string, first seen at x"));
        Assert.That(
            Log("{\"Kind\":\"a\"}", a => a.ReadDiscriminator("kind", out _, "a")),
            Is.EqualTo("a name in the wrong case, first seen at kind"));
        Assert.That(
            Log("{\"kind\":\"A\"}", a => a.ReadDiscriminator("kind", out _, "a")),
            Is.EqualTo("a name in the wrong case, first seen at kind"));
        Assert.That(
            Log("[\"1\"]", a => a.ReadArray(i => i.ReadInteger<int>())),
            Is.EqualTo("a number or boolean sent as a string, first seen at an item of an array"));
    }

    [Test]
    public void Tells_of_an_empty_string_for_what_may_be_left_out()
    {
        var logger = new ListLogger(LogLevel.Debug);
        ArgumentReader reader = Call.Reader("""{"x":""}""", logger: logger);

        Assert.That(reader.FindNotEmpty("x", out _), Is.False);
        Assert.That(logger.Lines.Single(), Does.Contain("took an empty string sent for what may be left out, first seen at x"));
    }

    [Test]
    public void Logs_nothing_about_what_is_refused()
    {
        Assert.That(Log("\"yes\"", a => a.ReadBoolean()), Is.Null);
        Assert.That(Log("\"x\"", a => a.ReadNumber<double>()), Is.Null);
        Assert.That(Log("\"x\"", a => a.ReadArray(i => i.ReadInteger<int>())), Is.Null);
        Assert.That(Log("\"a, x\"", a => a.ReadNames("a", "b")), Is.Null);
        Assert.That(Log("1e300", a => a.ReadString()), Is.Null);
        Assert.That(Log("\"{\"", a => a.ReadStruct()), Is.Null);
        Assert.That(Log("\"[1,\"", a => a.ReadArray(_ => 0)), Is.Null);
        Assert.That(Log("1.5", a => a.ReadBigInteger()), Is.Null);
    }

    [Test]
    public void Logs_nothing_about_the_texts_of_a_prompt()
    {
        var logger = new ListLogger(LogLevel.Debug);
        var reader = new ArgumentReader(
            new PromptGetRequest { Arguments = { ["times"] = "3" } },
            new PromptContext { PromptName = "greet", RequestId = "1", Logger = logger });
        reader.Require("times", out Argument times);

        Assert.That(times.ReadInteger<int>(), Is.EqualTo(3));
        Assert.That(logger.Lines, Is.Empty);
    }

    [Test]
    public void Remembers_nothing_that_it_did_not_log()
    {
        var logger = new ListLogger(LogLevel.Information);
        Bind(logger, "greet");
        logger.Level = LogLevel.Debug;

        Bind(logger, "greet");

        Assert.That(logger.Lines, Has.Count.EqualTo(3));
    }

    [Test]
    public void Logs_no_more_forms_than_it_can_remember()
    {
        var logger = new ListLogger(LogLevel.Debug);
        for (int i = 0; i < 10_001; i++)
        {
            ToleratedForms.Note(logger, $"tool{i}", "x", Tolerance.ScalarAsString);
        }

        Assert.That(logger.Lines, Has.Count.EqualTo(10_000));
    }

    private static string? Log<T>(string json, Func<Argument, T> read)
    {
        var logger = new ListLogger(LogLevel.Debug);
        ArgumentReader reader = Call.Reader($$"""{"x":{{json}}}""", logger: logger);
        reader.Require("x", out Argument argument);
        read(argument);
        return logger.Lines.SingleOrDefault()
            ?.Replace("Tool tool took ", "", StringComparison.Ordinal)
            .Replace(". Logged once a tool.", "", StringComparison.Ordinal);
    }

    private static void Bind(ListLogger logger, string tool)
    {
        ArgumentReader reader = Call.Reader(Tolerated, logger: logger, tool: tool);
        reader.Require("name", out _);
        reader.Require("count", out Argument count);
        count.ReadInteger<int>();
        reader.Require("on", out Argument on);
        on.ReadBoolean();
        reader.Require("items", out Argument items);
        items.ReadArray(i => i.ReadNumber<double>());
        Assert.That(reader.Reject("name", "count", "on", "items"), Is.Null);
    }

    private sealed class ListLogger(LogLevel level) : ILogger
    {
        public LogLevel Level { get; set; } = level;

        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Level;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
