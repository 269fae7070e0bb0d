using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

public class ObjectArgumentTests
{
    [TestCase("""{"a":1,"b":2}""")]
    [TestCase("\" {\\\"a\\\":1,\\\"b\\\":2}\"")]
    public void Reads_a_dictionary(string json) => Assert.That(
        Call.Read(json, a => a.ReadDictionary(i => i.ReadInteger<int>())),
        Is.EqualTo(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }));

    [TestCase("1", false, ExpectedResult = "expected an object, got the number 1")]
    [TestCase("[]", false, ExpectedResult = "expected an object, got an array")]
    [TestCase("\"{\"", false, ExpectedResult = "expected an object, got the string \"{\"")]
    [TestCase("\"[]\"", false, ExpectedResult = "expected an object, got the string \"[]\"")]
    [TestCase("\"{}\"", true, ExpectedResult = "expected an object, got the string \"{}\"")]
    public string? Refuses_what_is_no_object(string json, bool strict)
    {
        string? fault = Call.Fault(json, a => a.ReadStruct(), strict);
        Assert.That(Call.Fault(json, a => a.ReadDictionary(_ => 0), strict), Is.EqualTo(fault));
        Assert.That(Call.Fault(json, a => a.ReadDiscriminator("kind", out _, "a"), strict), Is.EqualTo(fault));
        return fault;
    }

    [TestCase(1, 3, ExpectedResult = null)]
    [TestCase(0, 2, ExpectedResult = null)]
    [TestCase(3, int.MaxValue, ExpectedResult = "expected at least 3 members, got 2")]
    [TestCase(0, 1, ExpectedResult = "expected at most 1 member, got 2")]
    public string? Checks_how_many_members_there_are(int minimum, int maximum) =>
        Call.Fault("""{"a":1,"b":2}""", a => a.ReadDictionary(i => i.ReadInteger<int>(), minimum, maximum));

    [TestCase("""{"kind":"circle"}""", ExpectedResult = 0)]
    [TestCase("""{"kind":""}""", ExpectedResult = 1)]
    public int Reads_the_type_by_a_name(string json) =>
        Call.Read(json, a => ReadMembers(a.ReadDiscriminator("kind", out Argument content, "circle", ""), content));

    [TestCase("""{"kind":"x"}""", ExpectedResult = """arguments.x.kind: expected one of "circle", "", got "x" """)]
    [TestCase("""{"kind":1}""", ExpectedResult = """arguments.x.kind: expected one of "circle", "", got the number 1 """)]
    [TestCase("{}", ExpectedResult = """arguments.x.kind: required, but not given; it is one of "circle", "" """)]
    public string Refuses_a_type_of_another_name(string json) =>
        FaultAt(json, a => a.ReadDiscriminator("kind", out _, "circle", "")) + " ";

    [TestCase("""{"kind":0}""", ExpectedResult = 0)]
    [TestCase("""{"kind":7}""", ExpectedResult = 1)]
    public int Reads_the_type_by_a_number(string json) =>
        Call.Read(json, a => ReadMembers(a.ReadDiscriminator("kind", out Argument content, 0, 7), content));

    [TestCase("""{"kind":1}""", ExpectedResult = "arguments.x.kind: expected one of 0, 7, got 1")]
    [TestCase("""{"kind":7.5}""", ExpectedResult = "arguments.x.kind: expected one of 0, 7, got 7.5")]
    [TestCase("""{"kind":"8"}""", ExpectedResult = "arguments.x.kind: expected one of 0, 7, got the string \"8\"")]
    [TestCase("{}", ExpectedResult = "arguments.x.kind: required, but not given; it is one of \"0\", \"7\"")]
    public string Refuses_a_type_of_another_number(string json) =>
        FaultAt(json, a => a.ReadDiscriminator("kind", out _, 0, 7));

    [TestCase("""{"Kind":"CIRCLE"}""", 0)]
    [TestCase("""{"kind":5}""", 1)]
    [TestCase("""{"KIND":"a"}""", 2)]
    [TestCase("""{"kind":"A"}""", 3)]
    public void Reads_the_type_in_another_form_unless_it_is_strict(string json, int type)
    {
        string[] types = ["circle", "5", "a", "A"];

        Assert.That(
            Call.Read(json, a => ReadMembers(a.ReadDiscriminator("kind", out Argument content, types), content)), Is.EqualTo(type));
        if (type < 2)
        {
            Assert.That(Call.Fault(json, a => a.ReadDiscriminator("kind", out _, types), strict: true), Is.Not.Null);
        }
    }

    [Test]
    public void Reads_the_type_by_the_digits_of_a_number_unless_it_is_strict()
    {
        const string Json = """{"kind":"7"}""";

        Assert.That(Call.Read(Json, a => ReadMembers(a.ReadDiscriminator("kind", out Argument content, 0, 7), content)), Is.EqualTo(1));
        Assert.That(Call.Fault(Json, a => a.ReadDiscriminator("kind", out _, 0, 7), strict: true), Does.Contain("got the string \"7\""));
    }

    [Test]
    public void Refuses_a_type_that_is_as_near_to_two() => Assert.That(
        FaultAt("""{"kind":"AB"}""", a => a.ReadDiscriminator("kind", out _, "ab", "aB")),
        Does.Contain("got \"AB\""));

    [Test]
    public void Reads_any_number_of_objects_beside_one_another()
    {
        string json = $"[{string.Join(',', Enumerable.Repeat("{}", 1000))}]";

        Assert.That(
            Call.Read(json, a => a.ReadArray(i => i.ReadObject(out ArgumentReader members) && members.Complete())),
            Is.All.True);
    }

    [Test]
    public void Refuses_an_object_whose_faults_are_too_many_to_tell()
    {
        ArgumentReader reader = Call.Reader("""{"items":[1,{"a":"x","b":"y"}]}""");
        for (int i = 0; i < 18; i++)
        {
            reader.Require($"missing{i}", out _);
        }

        reader.Require("items", out Argument items);
        bool[] areComplete = items.ReadArray(ReadPoint);

        Assert.That(areComplete, Is.All.False);
        Assert.That(reader.Reject("items")?.ErrorMessage, Does.EndWith(
            """
            arguments.items[0]: expected an object, got the number 1
            arguments.items[1].a: expected an integer, got the string "x"
            … and 1 more
            """.ReplaceLineEndings("\n")));
    }

    private static bool ReadPoint(Argument argument)
    {
        if (!argument.ReadObject(out ArgumentReader members))
        {
            return false;
        }

        members.Require("a", out Argument a);
        a.ReadInteger<int>();
        members.Require("b", out Argument b);
        b.ReadInteger<int>();
        return members.Complete("a", "b");
    }

    private static int ReadMembers(int index, Argument content)
    {
        Assert.That(content.ReadObject(out ArgumentReader members), Is.True);
        Assert.That(members.Complete(), Is.True);
        return index;
    }

    private static string FaultAt(string json, Func<Argument, int> readType)
    {
        ArgumentReader reader = Call.Reader($$"""{"x":{{json}}}""");
        reader.Require("x", out Argument argument);

        Assert.That(readType(argument), Is.EqualTo(-1));
        return reader.Reject("x")!.ErrorMessage;
    }
}
