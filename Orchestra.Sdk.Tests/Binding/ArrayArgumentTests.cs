using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

public class ArrayArgumentTests
{
    [TestCase("[1,2,3]", ExpectedResult = new[] { 1, 2, 3 })]
    [TestCase("[]", ExpectedResult = new int[0])]
    [TestCase("\" [1, 2] \"", ExpectedResult = new[] { 1, 2 })]
    public int[] Reads_an_array(string json) => Call.Read(json, a => a.ReadArray(i => i.ReadInteger<int>()));

    [Test]
    public void Reads_a_list() =>
        Assert.That(Call.Read("[\"a\",\"b\"]", a => a.ReadList(i => i.ReadString())), Is.EqualTo(new List<string> { "a", "b" }));

    [TestCase("1", true, ExpectedResult = "expected an array, got the number 1")]
    [TestCase("\"a\"", true, ExpectedResult = "expected an array, got the string \"a\"")]
    [TestCase("\"a\"", false, ExpectedResult = "arguments.x[0]: expected an integer, got the string \"a\"\nexpected an array, got the string \"a\"")]
    [TestCase("null", false, ExpectedResult = "expected an array, got null")]
    [TestCase("\" \"", false, ExpectedResult = "expected an array, got the string \" \"")]
    [TestCase("\"[1,\"", false, ExpectedResult = "expected an array, got the string \"[1,\"")]
    [TestCase("\"[1] 2\"", false, ExpectedResult = "expected an array, got the string \"[1] 2\"")]
    [TestCase("\"[1e999]\"", false, ExpectedResult = "expected an array, got the string \"[1e999]\"")]
    [TestCase("\"{}\"", true, ExpectedResult = "expected an array, got the string \"{}\"")]
    [TestCase("\"[1]\"", true, ExpectedResult = "expected an array, got the string \"[1]\"")]
    public string? Refuses_what_is_no_array(string json, bool strict) =>
        Call.Fault(json, a => a.ReadArray(i => i.ReadInteger<int>()), strict);

    [Test]
    public void Reads_a_single_item()
    {
        Assert.That(Call.Read("1", a => a.ReadArray(i => i.ReadInteger<int>())), Is.EqualTo(new[] { 1 }));
        Assert.That(Call.Read("\"a, b\"", a => a.ReadList(i => i.ReadString())), Is.EqualTo(new[] { "a, b" }));
        Assert.That(Call.Read("{\"a\":1}", a => a.ReadSet(i => i.ReadStruct().Fields["a"].NumberValue)), Is.EqualTo(new[] { 1 }));
        Assert.That(Call.Read("true", a => a.ReadJsonArray()).ToJsonString(), Is.EqualTo("[true]"));
        Assert.That(Call.Fault("1", a => a.ReadArray(i => i.ReadInteger<int>(), 2, 3)), Is.EqualTo("expected 2 to 3 items, got 1"));
        Assert.That(Call.Fault("1", a => a.ReadTuple(1, i => i[0].ReadInteger<int>())), Is.EqualTo("expected an array, got the number 1"));
    }

    [Test]
    public void Refuses_json_text_that_is_too_deep() => Assert.That(
        Call.Fault($"\"{new string('[', 100_000)}{new string(']', 100_000)}\"", a => a.ReadArray(_ => 0)),
        Does.StartWith("expected an array, got the string \"[[["));

    [Test]
    public void Reads_json_text_of_up_to_a_mebibyte()
    {
        string text = "[1" + new string(' ', (1 << 20) - 3) + "]";

        Assert.That(Call.Read($"\"{text}\"", a => a.ReadArray(i => i.ReadInteger<int>())), Is.EqualTo(new[] { 1 }));
        Assert.That(
            Call.Fault($"\"{text} \"", a => a.ReadArray(_ => 0)),
            Does.StartWith("expected an array, got the string \"[1  "));
    }

    [Test]
    public void Reads_a_mebibyte_of_json_text_in_a_call()
    {
        string text = "[1" + new string(' ', (1 << 18) - 3) + "]";
        string json = $"[{string.Join(',', Enumerable.Repeat($"\"{text}\"", 5))}]";

        Assert.That(
            Call.Fault(json, a => a.ReadArray(i => i.ReadArray(j => j.ReadInteger<int>()))),
            Does.StartWith("arguments.x[4]: expected an array, got the string \"[1  "));
    }

    [TestCase("[]", 1, 3, ExpectedResult = "expected 1 to 3 items, got 0")]
    [TestCase("[1,2]", 0, 1, ExpectedResult = "expected at most 1 item, got 2")]
    [TestCase("[1]", 1, 1, ExpectedResult = null)]
    public string? Checks_the_length(string json, int minimum, int maximum)
    {
        string? fault = Call.Fault(json, a => a.ReadArray(i => i.ReadInteger<int>(), minimum, maximum));
        Assert.That(Call.Fault(json, a => a.ReadList(i => i.ReadInteger<int>(), minimum, maximum)), Is.EqualTo(fault));
        return fault;
    }

    [Test]
    public void Names_the_place_of_each_fault()
    {
        ArgumentReader reader = Call.Reader("""{"first":["x"],"rows":[[1],[2,"three"],4],"list":[true]}""");
        reader.Require("first", out Argument first);
        first.ReadArray(i => i.ReadString());
        reader.Require("rows", out Argument rows);
        rows.ReadArray(row => row.ReadList(i => i.ReadInteger<int>()));
        reader.Require("list", out Argument list);
        list.ReadList(i => i.ReadNumber<double>());

        Assert.That(reader.Reject("first", "rows", "list")?.ErrorMessage, Is.EqualTo(
            """
            arguments.rows[1][1]: expected an integer, got the string "three"
            arguments.rows[2]: expected an array, got the number 4
            arguments.list[0]: expected a number, got true
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Counts_the_faults_of_a_long_array()
    {
        string json = $"[{string.Join(',', Enumerable.Repeat("\"x\"", 10_000))}]";

        Assert.That(Call.Fault(json, a => a.ReadArray(i => i.ReadInteger<int>())), Does.EndWith("\n… and 9980 more"));
    }
}
