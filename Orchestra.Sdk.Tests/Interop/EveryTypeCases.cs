using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// How the tools of EveryType are called, and what they answer. Each case begins with the name in docs/schema.md that it is for, or other
/// words where it is for one that the table does not spell out.
/// </summary>
internal static partial class EveryTypeCases
{
    /// <summary>Those whose answer is what came in, as data.</summary>
    private static readonly (string Name, string Tool, string Value)[] Data =
    [
        ("bool", "bool", "true"),
        ("char", "char", "\"ä\""),
        ("sbyte", "sbyte", "-128"),
        ("byte", "byte", "255"),
        ("short", "short", "-32768"),
        ("ushort", "ushort", "65535"),
        ("int", "int", "-2147483648"),
        ("uint", "uint", "4294967295"),
        ("long", "long", "\"-9223372036854775808\""),
        ("ulong", "ulong", "\"18446744073709551615\""),
        ("Half", "half", "1.5"),
        ("float", "float", "0.25"),
        ("double", "double", "1.7976931348623157e+308"),
        ("decimal", "decimal", "0.5"),
        ("decimal", "decimal", "\"79228162514264337593543950335\""),
        ("Int128", "int128", "\"-170141183460469231731687303715884105728\""),
        ("UInt128", "uint128", "\"340282366920938463463374607431768211455\""),
        ("BigInteger", "big_integer", "\"100000000000000000000000000000000000000000\""),
        ("enum", "enum", "\"dark-blue\""),
        ("[Flags]", "flags", """["Read","Run"]"""),
        ("DateTime", "date_time", "\"2026-01-31T12:30:00Z\""),
        ("DateTimeOffset", "date_time_offset", "\"2026-01-31T12:30:00+02:00\""),
        ("DateOnly", "date_only", "\"2026-01-31\""),
        ("TimeOnly", "time_only", "\"12:30:00\""),
        ("TimeSpan", "time_span", "\"PT1H30M\""),
        ("Guid", "guid", "\"123e4567-e89b-12d3-a456-426614174000\""),
        ("Uri", "uri", "\"https://example.org/a?b=c\""),
        ("Version", "version", "\"1.2.3\""),
        ("IPAddress", "ip_address", "\"::1\""),
        ("an IPNetwork", "ip_network", "\"10.0.0.0/8\""),
        ("IParsable<T>", "parsable", "\"c-7\""),
        ("byte[]", "bytes", "\"AQID\""),
        ("ReadOnlyMemory<byte>", "memory", "\"AQID\""),
        ("T?", "nullable_value", "5"),
        ("T?", "nullable_enum", "\"Red\""),

        ("T[]", "array", "[1,2]"),
        ("arrays of arrays", "array_of_arrays", """[["a",null],[]]"""),
        ("params", "params_array", "[1,2]"),
        ("List<T>", "list", """["Red","dark-blue"]"""),
        ("IEnumerable<T>", "enumerable", "[1,2]"),
        ("ICollection<T>", "collection_interface", "[\"123e4567-e89b-12d3-a456-426614174000\"]"),
        ("IReadOnlyCollection<T>", "read_only_collection_interface", "[1,2]"),
        ("IList<T>", "list_interface", "[\"2026-01-31\"]"),
        ("IReadOnlyList<T>", "read_only_list", """[{"title":"a","tags":[],"color":"Red","stars":1}]"""),
        ("Queue<T>", "queue", "[1,2]"),
        ("Stack<T>", "stack", "[1,2]"),
        ("the concurrent ones", "concurrent_queue", "[1,2]"),
        ("the concurrent ones", "concurrent_stack", "[1,2]"),
        ("the concurrent ones", "concurrent_bag", "[1]"),
        ("LinkedList<T>", "linked_list", "[1,2]"),
        ("Collection<T>", "collection", "[1,2]"),
        ("ObservableCollection<T>", "observable_collection", "[1,2]"),
        ("ReadOnlyCollection<T>", "read_only_collection", "[1,2]"),
        ("ImmutableArray<T>", "immutable_array", "[1,2]"),
        ("ImmutableList<T>", "immutable_list", "[1,2]"),
        ("the immutable ones", "immutable_queue", "[1,2]"),
        ("the immutable ones", "immutable_stack", "[1,2]"),
        ("HashSet<T>", "hash_set", """[{"x":1,"y":2}]"""),
        ("SortedSet<T>", "sorted_set", """["a","b"]"""),
        ("ISet<T>", "set", "[1]"),
        ("IReadOnlySet<T>", "read_only_set", "[1]"),
        ("the immutable ones", "immutable_hash_set", "[1]"),
        ("the immutable ones", "immutable_sorted_set", "[1,2]"),
        ("the frozen ones", "frozen_set", "[1]"),
        ("class Tags : List<string>", "own_list", """["a","b"]"""),
        ("a set of one's own", "own_set", "[1,2]"),
        ("made of its items", "own_of_items", "[1,2]"),
        ("an IEnumerable<T> of one's own", "own_enumerable", """["a","b"]"""),
        ("tuple", "tuple", """["a",1,{"x":1,"y":2}]"""),

        ("Value", "protobuf_value", "[1,null,true]"),
        ("JsonArray", "json_array", """[1,{"a":null}]"""),
        ("JsonNode", "json_node", "1.5"),
        ("JsonElement", "json_element", "\"a\""),
        ("JsonDocument", "json_document", "[true]"),
        ("object", "object", """[1,"a",{"b":[]}]"""),
        ("dynamic", "dynamic", "[{\"a\":1.5}]"),
        ("static", "static", "7"),
        ("inherited by an interface", "default_member", "7"),
    ];

    /// <summary>Those whose answer is what came in, member by member.</summary>
    private static readonly (string Name, string Tool, string Value)[] Members =
    [
        ("Dictionary<K, T>", "dictionary", """{"a":1,"b":null}"""),
        ("IDictionary<K, T>", "dictionary_interface", """{"a":{"title":"a","tags":["b"],"color":"dark-blue","stars":null}}"""),
        ("IReadOnlyDictionary<K, T>", "read_only_dictionary_interface", """{"a":true}"""),
        ("SortedDictionary", "sorted_dictionary", """{"a":1,"b":2}"""),
        ("SortedList", "sorted_list", """{"a":1,"b":2}"""),
        ("OrderedDictionary", "ordered_dictionary", """{"b":1,"a":2}"""),
        ("ConcurrentDictionary", "concurrent_dictionary", """{"a":1}"""),
        ("ReadOnlyDictionary", "read_only_dictionary", """{"a":1}"""),
        ("the immutable ones", "immutable_dictionary", """{"a":1}"""),
        ("the immutable ones", "immutable_sorted_dictionary", """{"a":1,"b":2}"""),
        ("the frozen ones", "frozen_dictionary", """{"a":1}"""),
        ("an ExpandoObject", "expando", """{"a":1,"b":null}"""),
        ("keys that are integers", "by_int", """{"1":"a","-2":"b"}"""),
        ("keys that are integers", "by_ulong", """{"18446744073709551615":"a"}"""),
        ("keys that are integers", "by_big_integer", """{"100000000000000000000000000000000000000000":"a"}"""),
        ("keys that are characters", "by_char", """{"a":"b"}"""),
        ("keys that are names of enums", "by_enum", """{"Red":"a","dark-blue":"b"}"""),
        ("keys that are strings", "by_guid", """{"123e4567-e89b-12d3-a456-426614174000":"a"}"""),
        ("keys that are strings", "by_date", """{"2026-01-31":"a"}"""),
        ("keys that are strings", "by_uri", """{"https://example.org/":"a"}"""),
        ("keys that are ids of one's own", "by_id", """{"c-1":{"Red":1}}"""),
        ("a dictionary of one's own", "own_dictionary", """{"a":1}"""),

        ("record, class, struct", "record", """{"title":"a","tags":["b"],"color":"dark-blue","stars":5}"""),
        ("struct", "struct", """{"width":1,"height":2}"""),
        ("record struct", "record_struct", """{"x":1,"y":2}"""),
        ("what a constructor takes", "constructor", """{"a":1,"b":"b","c":2}"""),
        ("generic types", "generic", """{"items":[{"x":1,"y":2}],"cursor":"a"}"""),
        ("recursive types", "recursive", """{"name":"a","next":{"name":"b","next":null,"children":[]},"children":[{"name":"c","next":null,"children":[]}]}"""),
        ("get-only collections", "get_only", """{"tags":["a"],"counts":{"Red":1},"stack":[1,2],"own":["b"]}"""),
        ("members that are named and hidden", "attributes", """{"the_name":"a","text":"b","hidden":1}"""),
        ("members that are overridden and hidden", "inherited", """{"first":1,"second":"a","third":2}"""),
        ("Optional<T> in members", "optional_members", """{"due":null,"title":"a","stars":1}"""),
        ("extension data", "extension_data", """{"a":1,"b":[2],"c":null}"""),
        ("a KeyValuePair", "pair", """{"key":"a","value":1}"""),
        ("[JsonDerivedType]", "polymorphic", """{"type":"square","name":"a","side":1.5,"inner":{"type":"circle","name":"b","radius":2}}"""),
        ("Struct", "protobuf_struct", """{"a":[1,{"b":null}]}"""),
        ("JsonObject", "json_object", """{"a":[1,{"b":null}]}"""),
        ("object", "object", """{"a":1}"""),
        ("dynamic", "dynamic", """{"a":[1]}"""),
        ("JsonElement", "json_element", """{"a":1}"""),
        ("Task<T>", "task_of", """{"x":1,"y":2}"""),
        ("ValueTask<T>", "value_task_of", """{"x":1,"y":2}"""),
        ("inherited", "inherit", """{"x":1,"y":2}"""),
        ("inherited and static", "static_inherited", """{"x":1,"y":2}"""),
    ];

    /// <summary>All others: their arguments, and the answer.</summary>
    private static readonly (string Name, string Tool, string Arguments, string Result)[] Others =
    [
        ("string", "string", """{"x":"ä€😀"}""", """{"text":"ä€😀"}"""),
        ("integers that are texts", "long", """{"x":"9007199254740991"}""", """{"data":9007199254740991}"""),
        ("names in any case", "enum", """{"x":"DARK-BLUE"}""", """{"data":"dark-blue"}"""),
        ("T?", "nullable_value", "{}", "{}"),
        ("T?", "nullable_enum", """{"x":null}""", "{}"),
        ("T?", "nullable_text", """{"x":"a"}""", """{"text":"a"}"""),
        ("T?", "nullable_text", "{}", "{}"),
        ("T?", "nullable_record", "{}", "{}"),
        ("T?", "nullable_record", """{"x":{"title":"a","tags":[]}}""", """{"title":"a","tags":[],"color":"Red","stars":null}"""),
        ("Optional<T>", "optional", "{}", """{"text":"absent"}"""),
        ("Optional<T>", "optional", """{"x":null}""", """{"text":"given: "}"""),
        ("Optional<T>", "optional", """{"x":1}""", """{"text":"given: 1"}"""),
        ("Optional<T> in members", "optional_members", """{"x":{}}""", """{"stars":3}"""),
        ("class", "class", """{"x":{"name":"a","at":{"x":1}}}""", """{"name":"a","at":{"x":1,"y":9},"kind":"city","label":"a!"}"""),
        ("what a constructor takes", "constructor", """{"x":{"a":1}}""", """{"a":1,"b":"bb","c":4}"""),
        ("get-only collections", "get_only", """{"x":{}}""", """{"tags":["default"],"counts":{},"stack":[9],"own":[]}"""),
        ("lists as JSON text", "array", """{"x":"[1,2]"}""", """{"data":[1,2]}"""),
        ("CancellationToken", "token", "{}", """{"data":true}"""),
        ("ToolContext", "context", "{}", """{"text":"context"}"""),
        ("IProgress<T>", "progress", "{}", """{"text":"ok"}"""),
        ("[FromServices]", "service", "{}", """{"text":"a service"}"""),
        ("void", "void", "{}", """{"text":"ok"}"""),
        ("Task", "task", "{}", """{"text":"ok"}"""),
        ("ValueTask", "value_task", "{}", """{"text":"ok"}"""),
        ("ToolResult", "tool_result", """{"x":"a"}""", """{"text":"a"}"""),
        ("inherited and overridden", "overridden", """{"x":{"x":1,"y":2}}""", """{"x":2,"y":1}"""),
        ("objects of types known at run time", "objects", "{}", """{"data":[1,2.5,"a",null,"Blue","2026-01-31",{"a":[true]},"AQ=="]}"""),
        ("[Argument(Name = …, Description = …)]", "argument", """{"y":1}""", """{"text":"ok"}"""),
        ("[Description]", "described", """{"x":1}""", """{"text":"ok"}"""),
        ("<param>", "documented", """{"x":1}""", """{"text":"ok"}"""),
    ];

    /// <summary>What an annotation refuses, and what it says.</summary>
    private static readonly (string Name, string Tool, string Arguments, string Fault)[] Refused =
    [
        ("[Range(1, 10)]", "range", """{"x":11}""", "arguments.x: expected an integer from 1 to 10, got 11"),
        ("a Range of texts", "range_of_texts", """{"x":0.3}""", "arguments.x: expected a number from 0.1 to 0.2, got 0.3"),
        ("[Length]", "length", """{"x":"abc"}""", "arguments.x: expected 1 to 2 characters, got 3"),
        ("[MinLength]", "min_length", """{"x":[]}""", "arguments.x: expected at least 1 item, got 0"),
        ("[MaxLength]", "max_length", """{"x":{"a":1,"b":2}}""", "arguments.x: expected at most 1 member, got 2"),
        ("[StringLength]", "string_length", """{"x":"abc"}""", "arguments.x: expected at most 2 characters, got 3"),
        ("[RegularExpression(\"a+\")]", "regular_expression", """{"x":"ab"}""",
            "arguments.x: expected a string that matches a+ as a whole, got \"ab\""),
        ("[EmailAddress]", "email_address", """{"x":"a"}""",
            "arguments.x: expected an email address such as \"ada@example.com\", got \"a\""),
        ("[Url]", "url", """{"x":"a"}""", "arguments.x: expected a URL such as \"https://example.com/a\", got \"a\""),
        ("[Base64String]", "base64_string", """{"x":"a"}""", "arguments.x: expected base64, got \"a\""),
        ("[AllowedValues(\"a\", \"b\")]", "allowed_values", """{"x":"c"}""", "arguments.x: expected one of \"a\", \"b\", got \"c\""),
        ("[DeniedValues(\"a\", \"b\")]", "denied_values", """{"x":"a"}""", "arguments.x: expected any string except \"a\", \"b\", got \"a\""),
        ("[Required]", "required", """{"x":" "}""", "arguments.x: expected a string that is not blank, got \" \""),
    ];

    public static IEnumerable<TestCaseData> Results =>
    [
        .. Data.Select(data => new TestCaseData(data.Tool, $$"""{"x":{{data.Value}}}""", $$"""{"data":{{data.Value}}}""")),
        .. Members.Select(members => new TestCaseData(members.Tool, $$"""{"x":{{members.Value}}}""", members.Value)),
        .. Others.Select(other => new TestCaseData(other.Tool, other.Arguments, other.Result)),
    ];

    public static IEnumerable<TestCaseData> Faults =>
    [
        .. Refused.Select(refused => new TestCaseData(refused.Tool, refused.Arguments, $"invalid_arguments: {refused.Fault}")),
        new TestCaseData("tool_response", "{}", "code: message"),
    ];

    public static IEnumerable<string> Tools => Results.Concat(Faults).Select(test => (string)test.Arguments[0]!);

    /// <summary>The names that there are cases for.</summary>
    public static IEnumerable<string> Covered =>
    [
        .. Data.Select(data => data.Name), .. Members.Select(members => members.Name), .. Others.Select(other => other.Name),
        .. Refused.Select(refused => refused.Name), "ToolResponse",
    ];

    /// <summary>What the first columns of the tables of types and of annotations name: their code, else their words.</summary>
    public static IEnumerable<string> Documented()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "schema.md"));
        foreach (string header in (string[])["| C# |", "| attribute |"])
        {
            int first = Array.FindIndex(lines, line => line.StartsWith(header, StringComparison.Ordinal)) + 2;
            Assert.That(first, Is.GreaterThan(1), $"a table that begins with {header}");
            foreach (string row in lines.Skip(first).TakeWhile(line => line.StartsWith('|')))
            {
                string cell = row.Split('|')[1].Trim();
                MatchCollection code = Code().Matches(cell);
                foreach (string name in code.Count == 0 ? [cell] : code.Select(match => match.Groups[1].Value))
                {
                    // T, K: any type.
                    if (name is not [>= 'A' and <= 'Z'])
                    {
                        yield return name;
                    }
                }
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
