using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

public class ToleranceLogTests
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
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
