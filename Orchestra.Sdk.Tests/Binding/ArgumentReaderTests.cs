using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Binding;

public class ArgumentReaderTests
{
    [Test]
    public void Finds_what_is_given()
    {
        ArgumentReader reader = Call.Reader("""{"name":"Ada","nothing":null}""");

        Assert.That(reader.Require("name", out Argument name), Is.True);
        Assert.That(name.ReadString(), Is.EqualTo("Ada"));
        Assert.That(reader.Require("nothing", out Argument nothing), Is.True);
        Assert.That(nothing.IsNull, Is.True);
        Assert.That(reader.Reject("name", "nothing"), Is.Null);
    }

    [Test]
    public void Takes_null_for_an_optional_argument_that_is_absent()
    {
        ArgumentReader reader = Call.Reader("""{"nothing":null}""");

        Assert.That(reader.Find("nothing", out _), Is.False);
        Assert.That(reader.Find("absent", out _), Is.False);
        Assert.That(reader.Reject("nothing", "absent"), Is.Null);
    }

    [Test]
    public void Takes_a_value_of_no_kind_for_null()
    {
        ArgumentReader reader = Call.Reader(new Struct { Fields = { ["name"] = new Value() } });
        reader.Require("name", out Argument name);

        Assert.That(name.IsNull, Is.True);
        name.ReadString();
        Assert.That(reader.Reject("name")?.ErrorMessage, Is.EqualTo("arguments.name: expected a string, got null"));
    }

    [Test]
    public void Takes_no_arguments_for_an_empty_object()
    {
        ArgumentReader reader = Call.Reader(arguments: null);

        Assert.That(reader.Find("name", out _), Is.False);
        Assert.That(reader.Reject("name"), Is.Null);
    }

    [Test]
    public void Names_all_faults_in_one_answer()
    {
        ArgumentReader reader = Call.Reader("""{"nam":"Ada","times":99}""");
        reader.Require("name", out _);
        reader.Find("times", out Argument times);
        times.ReadInteger(1, 10);

        ToolResponse? response = reader.Reject("name", "times");

        Assert.That(response?.Success, Is.False);
        Assert.That(response?.ErrorCode, Is.EqualTo("invalid_arguments"));
        Assert.That(response?.ErrorMessage, Is.EqualTo(
            """
            arguments.name: required, but not given
            arguments.times: expected an integer from 1 to 10, got 99
            arguments.nam: unknown argument, did you mean "name"?
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Says_what_the_tool_takes_when_no_name_is_near() => Assert.That(
        Call.Reader("""{"color":1}""").Reject("name", "times")?.ErrorMessage,
        Is.EqualTo("""arguments.color: unknown argument; the tool takes "name", "times" """.TrimEnd()));

    [Test]
    public void Says_that_the_tool_takes_no_arguments() => Assert.That(
        Call.Reader("""{"color":1}""").Reject()?.ErrorMessage,
        Is.EqualTo("arguments.color: unknown argument; the tool takes none"));

    [Test]
    public void Suggests_no_name_that_was_given_already()
    {
        ArgumentReader reader = Call.Reader("""{"name":"Ada","nam":"Bob"}""");
        reader.Require("name", out _);

        Assert.That(reader.Reject("name")?.ErrorMessage, Does.Not.Contain("did you mean"));
    }

    [Test]
    public void Suggests_no_name_that_was_given_in_the_wrong_case()
    {
        ArgumentReader reader = Call.Reader("""{"NAME":"Ada","nam":"Bob"}""");
        reader.Require("name", out _);

        Assert.That(
            reader.Reject("name")?.ErrorMessage, Is.EqualTo("arguments.nam: unknown argument; the tool takes \"name\""));
    }

    [Test]
    public void Names_the_faults_of_a_prompt()
    {
        var reader = new ArgumentReader(
            new PromptGetRequest { Arguments = { ["color"] = "red", ["times"] = "many" } },
            new PromptContext { PromptName = "greet", RequestId = "1", Logger = NullLogger.Instance });
        reader.Require("times", out Argument times);
        times.ReadInteger<int>();

        Assert.That(reader.RejectPrompt("times")?.Description, Is.EqualTo(
            """
            arguments.times: expected an integer, got the string "many"
            arguments.color: unknown argument; the prompt takes "times"
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Names_the_faults_of_an_event_except_unknown_members()
    {
        var reader = new ArgumentReader(
            new EventDelivery { Payload = Struct.Parser.ParseJson("""{"color":"red"}""") },
            new EventContext { Topic = "topic", SubscriptionId = "1", Timestamp = default, Logger = NullLogger.Instance });

        Assert.That(reader.RejectPayload(), Is.Null);
        reader.Require("name", out _);
        ToolResponse? response = reader.RejectPayload();

        Assert.That(response?.Success, Is.False);
        Assert.That(response?.ErrorCode, Is.EqualTo("invalid_arguments"));
        Assert.That(response?.ErrorMessage, Is.EqualTo("payload.name: required, but not given"));
    }

    [Test]
    public void Takes_a_name_in_the_wrong_case()
    {
        ArgumentReader reader = Call.Reader("""{"NAME":"Ada"}""");

        Assert.That(reader.Require("name", out Argument name), Is.True);
        Assert.That(name.ReadString(), Is.EqualTo("Ada"));
        Assert.That(reader.Reject("name"), Is.Null);
    }

    [Test]
    public void Refuses_a_name_in_the_wrong_case_when_strict()
    {
        ArgumentReader reader = Call.Reader("""{"NAME":"Ada"}""", strict: true);

        Assert.That(reader.Require("name", out _), Is.False);
        Assert.That(reader.Reject("name")?.ErrorMessage, Does.Contain("arguments.NAME: unknown argument, did you mean \"name\""));
    }

    [Test]
    public void Prefers_the_exact_name()
    {
        ArgumentReader reader = Call.Reader("""{"Name":"wrong","name":"right"}""");
        reader.Require("name", out Argument name);

        Assert.That(name.ReadString(), Is.EqualTo("right"));
        Assert.That(reader.Reject("name")?.ErrorMessage, Does.StartWith("arguments.Name: unknown argument"));
    }

    [Test]
    public void Takes_only_one_of_two_names_in_the_wrong_case()
    {
        ArgumentReader reader = Call.Reader("""{"NAME":"first","Name":"second"}""");
        reader.Require("name", out Argument name);

        Assert.That(name.ReadString(), Is.EqualTo("first"));
        Assert.That(reader.Reject("name")?.ErrorMessage, Does.StartWith("arguments.Name: unknown argument"));
    }

    [Test]
    public void Takes_a_given_argument_only_once()
    {
        ArgumentReader reader = Call.Reader("""{"Id":1}""");

        Assert.That(reader.Find("id", out _), Is.True);
        Assert.That(reader.Find("ID", out _), Is.False);
        Assert.That(reader.Reject("id", "ID"), Is.Null);
    }

    [Test]
    public void Refuses_an_argument_whose_exact_name_comes_after_a_near_one()
    {
        ArgumentReader reader = Call.Reader("""{"ID":1}""");

        Assert.That(reader.Find("id", out _), Is.True);
        Assert.That(reader.Require("ID", out _), Is.False);
        Assert.That(reader.Reject("id", "ID")?.ErrorMessage, Is.EqualTo(
            "arguments.ID: given, but taken for \"id\"; give both by their exact names"));
    }

    [Test]
    public void Writes_strange_names_so_that_they_break_nothing() => Assert.That(
        Call.Reader("""{"a b\n\u202e":1}""").Reject()?.ErrorMessage,
        Does.StartWith("""arguments["a b\n\u202e"]: unknown argument"""));

    [TestCase("a_b-c.1", ExpectedResult = ".a_b-c.1")]
    [TestCase("a b", ExpectedResult = "[\"a b\"]")]
    [TestCase("", ExpectedResult = "[\"\"]")]
    public string Writes_plain_names_as_they_are(string name) => ArgumentPath.Step(name);

    [TestCase(64, ExpectedResult = 65)]
    [TestCase(65, ExpectedResult = 45)]
    public int Cuts_long_names(int length) => ArgumentPath.Step(new string('a', length)).Length;

    [Test]
    public void Counts_the_arguments_that_are_missing_beyond_those_it_names()
    {
        ArgumentReader reader = Call.Reader("{}");
        for (int i = 0; i < 25; i++)
        {
            reader.Require($"missing{i}", out _);
        }

        Assert.That(
            reader.Reject()?.ErrorMessage, Does.EndWith("\narguments.missing19: required, but not given\n… and 5 more"));
    }

    [Test]
    public void Counts_the_faults_that_are_too_many_to_tell()
    {
        string json = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"unknown{i}\":1")) + "}";

        string[] lines = Call.Reader(json).Reject()!.ErrorMessage.Split('\n');

        Assert.That(lines, Has.Length.EqualTo(21));
        Assert.That(lines[^1], Is.EqualTo("… and 980 more"));
    }

    [Test]
    public void Allocates_nothing_but_itself_and_the_values()
    {
        const string json = """{"count":3,"name":"Ada","price":1.25,"kind":"b","NEAR":true,"when":"2026-10-03T14:30:00Z"}""";
        var request = new ToolRequest { Arguments = Struct.Parser.ParseJson(json) };
        var context = new ToolContext { ToolName = "tool", RequestId = "1", Logger = NullLogger.Instance };
        Bind(request, context);
        Bind(request, context);

        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new ArgumentReader(request, context, strict: false);
        long reader = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Bind(request, context);
        long bound = GC.GetAllocatedBytesForCurrentThread() - before;

        // A name in the wrong case is remembered in a list.
        Assert.That(bound - reader, Is.LessThanOrEqualTo(128));

        static void Bind(ToolRequest request, ToolContext context)
        {
            var reader = new ArgumentReader(request, context, strict: false);
            reader.Find("absent", out _);
            reader.Require("count", out Argument argument);
            argument.ReadInteger(1, 10);
            reader.Require("name", out argument);
            argument.ReadString(1, 80, "[A-Z][a-z]+");
            reader.Require("price", out argument);
            argument.ReadNumber<decimal>();
            reader.Require("kind", out argument);
            argument.ReadName("A", "B");
            reader.Require("near", out argument);
            argument.ReadBoolean();
            reader.Require("when", out argument);
            argument.ReadDateTimeOffset();
            if (reader.Reject("absent", "count", "name", "price", "kind", "near", "when") is { } response)
            {
                throw new InvalidOperationException(response.ErrorMessage);
            }
        }
    }
}
