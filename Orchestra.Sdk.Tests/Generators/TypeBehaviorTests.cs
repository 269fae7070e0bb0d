using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Types with members, collections and open JSON: what is taken, what is given back, what is refused.</summary>
public sealed class TypeBehaviorTests
{
    private readonly TypeSamples _samples = new();

    [TestCase("note", """{"title":"a","tags":["b"]}""", """{"title":"a","tags":["b"],"level":"High","stars":null}""")]
    [TestCase("note", """{"title":"a","tags":[],"level":"low","stars":5}""", """{"title":"a","tags":[],"level":"Low","stars":5}""")]
    [TestCase("note", """{"TITLE":"a","Tags":"[\"b\"]"}""", """{"title":"a","tags":["b"],"level":"High","stars":null}""")]
    [TestCase("note", """ "{\"title\":\"a\",\"tags\":[]}" """, """{"title":"a","tags":[],"level":"High","stars":null}""")]
    [TestCase("place", """{"at":{"x":1}}""", """{"at":{"x":1,"y":9},"name":null,"kind":"city","rank":7,"label":"!"}""")]
    [TestCase("place", """{"at":{"x":1,"y":2},"name":"n","kind":"k","rank":3}""", """{"at":{"x":1,"y":2},"name":"n","kind":"k","rank":3,"label":"n!"}""")]
    [TestCase("settings", """{"mode":"m"}""", """{"depth":3,"fast":true,"mode":"m"}""")]
    [TestCase("settings", """{"mode":"m","depth":1,"fast":false}""", """{"depth":1,"fast":false,"mode":"m"}""")]
    [TestCase("size", """{"width":2}""", """{"width":2,"height":0}""")]
    [TestCase("size", """{"height":3,"width":2}""", """{"width":2,"height":3}""")]
    [TestCase("node", """{"name":"a","children":[{"name":"b","children":[]}],"next":null}""", """{"name":"a","children":[{"name":"b","children":[],"next":null}],"next":null}""")]
    [TestCase("tree", """{"a":{"branches":{"b":{}}}}""", """{"a":{"branches":{"b":{"branches":null}}}}""")]
    [TestCase("page", """{"items":[{"title":"a","tags":[]}]}""", """{"items":[{"title":"a","tags":[],"level":"High","stars":null}],"cursor":null}""")]
    [TestCase("shape", """{"type":"circle","color":"red","radius":1}""", """{"type":"circle","color":"red","radius":1}""")]
    [TestCase("shape", """{"color":"red","side":1,"type":"square","inner":{"type":"circle","color":"b","radius":2}}""", """{"type":"square","color":"red","side":1,"inner":{"type":"circle","color":"b","radius":2}}""")]
    [TestCase("numbered", """{"kind":1,"a":2}""", """{"kind":1,"a":2}""")]
    [TestCase("numbered", """{"kind":2,"a":2,"b":3}""", """{"kind":2,"a":2,"b":3}""")]
    [TestCase("derived", """{"first":1,"third":3}""", """{"first":1,"second":"d","third":3}""")]
    [TestCase("derived", """{"second":"s"}""", """{"first":0,"second":"s","third":0}""")]
    [TestCase("renamed", """{"the_name":"n","must":null}""", """{"the_name":"n","must":null,"urlValue":"u","class":"c"}""")]
    [TestCase("renamed", """{"must":"m","note":"o","count":2,"class":"d"}""", """{"the_name":"","note":"o","count":2,"must":"m","urlValue":"u","class":"d"}""")]
    [TestCase("lazy", "{}", """{"a":5,"b":"b"}""")]
    [TestCase("lazy", """{"a":6}""", """{"a":6,"b":"b"}""")]
    [TestCase("lazy-of", """{"value":6}""", """{"value":6,"name":"n"}""")]
    [TestCase("key", """{"secret":"AQI=","salt":"AQ=="}""", """{"secret":"AQI=","salt":"AQ=="}""")]
    [TestCase("optional", """{"a":1}""", """{"a":1,"b":"bb","c":4}""")]
    [TestCase("optional", """{"a":1,"b":"x","c":null}""", """{"a":1,"b":"x","c":4}""")]
    [TestCase("marked", """{"way":"w"}""", """{"way":"marked w"}""")]
    [TestCase("pair", """{"key":"k","value":1}""", """{"key":"k","value":1}""")]
    [TestCase("counts", """{"a":1,"B c":2}""", """{"a":1,"B c":2}""")]
    [TestCase("counts", "{}", "{}")]
    [TestCase("counts-read", """{"a":[1]}""", """{"a":[1]}""")]
    [TestCase("counts-sorted", """{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [TestCase("counts-immutable", """{"a":1}""", """{"a":1}""")]
    [TestCase("counts-frozen", """{"a":1}""", """{"a":1}""")]
    [TestCase("notes", """{"n":{"title":"a","tags":[]}}""", """{"n":{"title":"a","tags":[],"level":"High","stars":null}}""")]
    [TestCase("objects", """{"a":1,"b":[true,"c",{"d":null}]}""", """{"a":1,"b":[true,"c",{"d":null}]}""")]
    [TestCase("struct", """{"a":[1,{}]}""", """{"a":[1,{}]}""")]
    [TestCase("value", """{"a":1}""", """{"a":1}""")]
    [TestCase("element", """{"a":[1,null,true,"b"]}""", """{"a":[1,null,true,"b"]}""")]
    [TestCase("json", """{"a":[1,null,true,"b"]}""", """{"a":[1,null,true,"b"]}""")]
    [TestCase("json-object", """{"a":{}}""", """{"a":{}}""")]
    [TestCase("object", """{"a":{}}""", """{"a":{}}""")]
    public async Task An_object_goes_in_and_its_members_come_out(string tool, string argument, string result) =>
        Assert.That(await ResultAsync(tool, argument), Is.EqualTo(JsonNode.Parse(result)!.ToJsonString()));

    [TestCase("shapes", """[{"type":"circle","color":"r","radius":1}]""", """[{"type":"circle","color":"r","radius":1}]""")]
    [TestCase("set", "[1,2]", "[1,2]")]
    [TestCase("set-interface", """["a"]""", """["a"]""")]
    [TestCase("set-sorted", """["b","a"]""", """["a","b"]""")]
    [TestCase("set-frozen", """["a"]""", """["a"]""")]
    [TestCase("set-immutable", """["low","Low"]""", """["Low"]""")]
    [TestCase("array-immutable", "[1,2]", "[1,2]")]
    [TestCase("list-immutable", "[1,2]", "[1,2]")]
    [TestCase("queue", "[1,2]", "[1,2]")]
    [TestCase("collection", "[1,2]", "[1,2]")]
    [TestCase("read-only", "[1,2]", "[1,2]")]
    [TestCase("linked", "[1,2]", "[1,2]")]
    [TestCase("tuple", """["a",1,null]""", """["a",1,null]""")]
    [TestCase("tuple", """["a",1,{"x":2}]""", """["a",1,{"x":2,"y":9}]""")]
    [TestCase("tuples", "[[1,2],[3,4]]", "[[1,2],[3,4]]")]
    [TestCase("rights", """["Read","CHANGE"]""", """["Read","change"]""")]
    [TestCase("rights", """["All"]""", """["Read","change","Run"]""")]
    [TestCase("rights", """["None"]""", "[]")]
    [TestCase("rights", "[]", "[]")]
    [TestCase("int128", "\"-170141183460469231731687303715884105728\"", "\"-170141183460469231731687303715884105728\"")]
    [TestCase("int128", "5", "\"5\"")]
    [TestCase("uint128", "\"340282366920938463463374607431768211455\"", "\"340282366920938463463374607431768211455\"")]
    [TestCase("big", "\"1000000000000000000000000000000000000000000000000\"", "\"1000000000000000000000000000000000000000000000000\"")]
    [TestCase("version", "\"1.2.3\"", "\"1.2.3\"")]
    [TestCase("bytes", "\"AQID\"", "\"AQID\"")]
    [TestCase("bytes", "\"-_8\"", "\"+/8=\"")]
    [TestCase("bytes", "\"\"", "\"\"")]
    [TestCase("memory", "\"AQI=\"", "\"AQI=\"")]
    [TestCase("memory-null", "\"AQI\"", "\"AQI=\"")]
    [TestCase("json-array", "[1]", "[1]")]
    [TestCase("value", "1", "1")]
    [TestCase("element", "\"a\"", "\"a\"")]
    [TestCase("json", "[[]]", "[[]]")]
    [TestCase("object", "\"a\"", "\"a\"")]
    public async Task What_is_no_object_comes_out_as_data(string tool, string argument, string result)
    {
        string answer = await ResultAsync(tool, argument);
        Assert.That(JsonNode.Parse(answer)!["data"]?.ToJsonString(), Is.EqualTo(JsonNode.Parse(result)!.ToJsonString()));
    }

    [TestCase("note", """{"titel":"a","tags":[[],"b",{}]}""", """
        arguments.x.title: required, but not given
        arguments.x.tags[0]: expected a string, got an array
        arguments.x.tags[2]: expected a string, got an object
        arguments.x.titel: unknown member, did you mean "title"?
        """)]
    [TestCase("note", """{"title":"","tags":[],"level":"mid","stars":6}""", """
        arguments.x.title: expected 1 to 80 characters, got 0
        arguments.x.level: expected one of "Low", "High", got "mid"
        arguments.x.stars: expected an integer from 1 to 5, got 6
        """)]
    [TestCase("note", "[]", "arguments.x: expected an object, got an array")]
    [TestCase("note", "null", "arguments.x: expected an object, got null")]
    [TestCase("note", "\"{\"", "arguments.x: expected an object, got the string \"{\"")]
    [TestCase("strict-note", "\"{}\"", "arguments.x: expected an object, got the string \"{}\"")]
    [TestCase("strict-note", """{"Title":"a","tags":[]}""", """
        arguments.x.title: required, but not given
        arguments.x.Title: unknown member, did you mean "title"?
        """)]
    [TestCase("order", """{"items":[{"name":"a","price":1},{"name":"b","price":2},{"name":"c","price":"12 EUR"}],"buyer":{"email":"x","name":"n"}}""", """
        arguments.x.items[2].price: expected a number, got the string "12 EUR"
        arguments.x.buyer.email: expected an email address such as "ada@example.com", got "x"
        """)]
    [TestCase("order", """{"items":"[{\"name\":[]}]","buyer":{"email":"a@b","site":"c","photo":"?","user":"root","age":0,"name":" ","both":"a@b"}}""", """
        arguments.x.items[0].name: expected a string, got an array
        arguments.x.items[0].price: required, but not given
        arguments.x.buyer.site: expected a URL such as "https://example.com/a", got "c"
        arguments.x.buyer.photo: expected base64, got "?"
        arguments.x.buyer.user: expected any string except "root", got "root"
        arguments.x.buyer.age: expected any number except 0, got 0
        arguments.x.buyer.name: expected a string that is not blank, got " "
        arguments.x.buyer.both: expected a string that matches [a-z]+ as a whole, got "a@b"
        """)]
    [TestCase("contact", """{"email":"a@b"}""", "arguments.x.name: required, but not given")]
    [TestCase("contact", """{"email":"a@b","name":null}""", "arguments.x.name: expected a string, got null")]
    [TestCase("renamed", "{}", "arguments.x.must: required, but not given")]
    [TestCase("node", """{"name":"a","children":[{"name":"b","children":[{"name":{}}]}]}""", """
        arguments.x.children[0].children[0].name: expected a string, got an object
        arguments.x.children[0].children[0].children: required, but not given
        """)]
    [TestCase("shape", """{"color":"r"}""", "arguments.x.type: required, but not given; it is one of \"circle\", \"square\"")]
    [TestCase("shape", """{"type":"cube"}""", "arguments.x.type: expected one of \"circle\", \"square\", got \"cube\"")]
    [TestCase("shape", """{"type":"circle","color":"r","radius":-1,"side":2}""", """
        arguments.x.radius: expected a number from 0 to 100, got -1
        arguments.x.side: unknown member; the object has "color", "radius"
        """)]
    [TestCase("shape", "1", "arguments.x: expected an object, got the number 1")]
    [TestCase("numbered", """{"kind":"3"}""", "arguments.x.kind: expected one of 1, 2, got the string \"3\"")]
    [TestCase("counts", """{"a":"b"}""", "arguments.x.a: expected an integer, got the string \"b\"")]
    [TestCase("set", "[1,2,1]", "arguments.x[2]: given before, at [0]; each item may be given only once")]
    [TestCase("tuple", """["a"]""", "arguments.x: expected exactly 3 items, got 1")]
    [TestCase("tuple", """["a","b",{"x":"c"}]""", """
        arguments.x[1]: expected an integer, got the string "b"
        arguments.x[2].x: expected an integer, got the string "c"
        """)]
    [TestCase("rights", """["Reed"]""", "arguments.x[0]: expected one of \"None\", \"Read\", \"change\", \"Run\", \"All\", got \"Reed\", did you mean \"Read\"?")]
    [TestCase("rights", "\"Reed\"", "arguments.x[0]: expected one of \"None\", \"Read\", \"change\", \"Run\", \"All\", got \"Reed\", did you mean \"Read\"?\narguments.x: expected an array, got the string \"Reed\"")]
    [TestCase("int128", "\"170141183460469231731687303715884105728\"", "arguments.x: expected an integer from -2^127 to 2^127 - 1 as a string of digits, got \"170141183460469231731687303715884105728\"")]
    [TestCase("uint128", "\"-1\"", "arguments.x: expected an integer from 0 to 2^128 - 1 as a string of digits, got \"-1\"")]
    [TestCase("strict-big", "5", "arguments.x: expected an integer of at most 1000 digits as a string of digits, got the number 5")]
    [TestCase("version", "\"1\"", "arguments.x: expected a version such as \"1.2.3\", got \"1\"")]
    [TestCase("version", "\" 1.2\"", "arguments.x: expected a version such as \"1.2.3\", got \" 1.2\"")]
    [TestCase("bytes", "\"A\"", "arguments.x: expected bytes in base64, got \"A\"")]
    [TestCase("bytes", "\"AQ==\\n\"", "arguments.x: expected bytes in base64, got \"AQ==\\n\"")]
    [TestCase("key", """{"secret":"AQ==","salt":"AQI="}""", """
        arguments.x.secret: expected 2 to 4 bytes, got 1
        arguments.x.salt: expected at most 1 byte, got 2
        """)]
    [TestCase("json", "null", "arguments.x: expected any value except null, got null")]
    [TestCase("struct", "[]", "arguments.x: expected an object, got an array")]
    public async Task Every_fault_is_told_with_its_place(string tool, string argument, string faults)
    {
        var answer = await _samples.Plugin.CallAsync(tool, $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.EqualTo(faults.ReplaceLineEndings("\n")));
        Assert.That(answer.ErrorCode, Is.EqualTo("invalid_arguments"));
    }

    [TestCase("""{"span":{"from":2,"to":1}}""", "arguments.x.span: The end comes before the start. (Parameter 'to')")]
    [TestCase("""{"span":{"from":1,"to":2},"share":101}""", "arguments.x: Too much. (Parameter 'value') Actual value was 101.")]
    [TestCase("""{"span":{"from":1,"to":2},"code":"x"}""", "arguments.x: No code.")]
    [TestCase("""{"span":{"from":2,"to":1},"more":1}""", """
        arguments.x.span: The end comes before the start. (Parameter 'to')
        arguments.x.more: unknown member; the object has "span", "share", "code", "fails"
        """)]
    public async Task What_a_type_refuses_is_told_with_its_place(string argument, string faults)
    {
        var answer = await Choosy.CallAsync("m", $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.EqualTo(faults.ReplaceLineEndings("\n")));
        Assert.That(answer.ErrorCode, Is.EqualTo("invalid_arguments"));
    }

    [Test]
    public void A_type_that_fails_is_no_fault_of_the_arguments() => Assert.That(
        async () => await Choosy.CallAsync("m", """{"x":{"span":{"from":1,"to":2},"fails":true}}"""), Throws.InvalidOperationException);

    [Test]
    public async Task An_object_that_nests_too_deep_is_refused()
    {
        var node = new Struct();
        for (var i = 0; i < 100; i++)
        {
            node = new Struct { Fields = { ["name"] = Value.ForString("a"), ["children"] = Value.ForList(Value.ForStruct(node)) } };
        }

        var answer = await _samples.Plugin.CallAsync("node", new Struct { Fields = { ["x"] = Value.ForStruct(node) } });
        Assert.That(answer!.ErrorMessage, Does.EndWith("expected at most 64 objects within one another"));
    }

    [Test]
    public void A_circle_in_a_result_is_an_error_and_not_the_end_of_the_process()
    {
        var plugin = CompiledPlugin.LoadBody("""
            public class Ring { public Ring? Next { get; set; } }

            [Tool] public Ring M() { var ring = new Ring(); ring.Next = ring; return ring; }
            """);
        Assert.That(
            async () => await plugin.CallAsync("m", "{}"),
            Throws.InvalidOperationException.With.Message.EqualTo("The result nests deeper than a peer can read. Is there a circle in it?"));
    }

    [Test]
    public void An_object_of_an_unknown_type_is_an_error()
    {
        var plugin = CompiledPlugin.LoadBody("[Tool] public object M() => new TestPlugin();");
        Assert.That(async () => await plugin.CallAsync("m", "{}"), Throws.InvalidOperationException);
    }

    private static CompiledPlugin Choosy { get; } = CompiledPlugin.LoadBody("""
        public record Span
        {
            public Span(int from, int to) => (From, To) = to < from
                ? throw new ArgumentException("The end comes before the start.", nameof(to))
                : (from, to);

            public int From { get; }

            public int To { get; }
        }

        public class Rules
        {
            public required Span Span { get; init; }

            public int Share { get => 0; set { if (value > 100) throw new ArgumentOutOfRangeException(nameof(value), value, "Too much."); } }

            public string Code { get => ""; init { if (value.Length > 0) throw new FormatException("No code."); } }

            public bool Fails { get => false; set { if (value) throw new InvalidOperationException(); } }
        }

        [Tool] public void M(Rules x) { }
        """);

    private async Task<string> ResultAsync(string tool, string argument)
    {
        var answer = await _samples.Plugin.CallAsync(tool, $$"""{"x":{{argument}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        return JsonNode.Parse(answer.Result.ToString())!.ToJsonString();
    }
}
