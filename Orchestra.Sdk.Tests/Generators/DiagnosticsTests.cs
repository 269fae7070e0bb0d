using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// Every diagnostic, where it appears and what it says. In the sources <c>[|…|]</c> marks the place; nothing else is reported.
/// </summary>
public sealed partial class DiagnosticsTests
{
    [TestCase("NotPartial", "ORC001: 'P' must be declared partial, because the generator writes its other half", """
        [Plugin("p")] public class [|P|];
        """)]
    [TestCase("Outer_type_not_partial", "ORC001: 'Outer' must be declared partial, because the generator writes its other half", """
        public class [|Outer|] { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Generic_class", "ORC002: 'P' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public partial class [|P|]<T>;
        """)]
    [TestCase("Generic_outer_class", "ORC002: 'Outer' is generic: a plugin is an instance class that is not generic, abstract or file-local", """
        public partial class [|Outer|]<T> { [Plugin("p")] public partial class P; }
        """)]
    [TestCase("Static_class", "ORC002: 'P' is static: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public static partial class [|P|];
        """)]
    [TestCase("Abstract_class", "ORC002: 'P' is abstract: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] public abstract partial class [|P|];
        """)]
    [TestCase("File_local_class", "ORC002: 'P' is file-local: a plugin is an instance class that is not generic, abstract or file-local", """
        [Plugin("p")] file partial class [|P|];
        """)]
    [TestCase("Plugin_id", "ORC003: '../p' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit", """
        [[|Plugin("../p")|]] public partial class P;
        """)]
    [TestCase("No_plugin_id", "ORC003: '' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit", """
        [[|Plugin(null!)|]] public partial class P;
        """)]
    [TestCase("Tool_outside", "ORC004: 'M' is a tool, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { /** <summary>Does.</summary> */ [[|Tool|]] public void M() { } }
        """)]
    [TestCase("Prompt_outside_plugin", "ORC004: 'M' is a prompt, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|Prompt|]] public string M() => ""; }
        """)]
    [TestCase("Streaming_tool_outside_plugin", "ORC004: 'M' is a tool, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|StreamingTool|]] public IAsyncEnumerable<int> M() => null!; }
        """)]
    [TestCase("Handler_outside_plugin", "ORC004: 'M' is an event handler, but 'C' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it", """
        public class C { [[|OnEvent("t")|]] public void M() { } }
        """)]
    public Task Of_classes(string name, string expected, string markup) => VerifyAsync(name, expected, markup);

    [TestCase("Duplicate", "ORC005: The tool name 'm' is already used by 'M': give one of them another by [Tool(Name = \"…\")]", """
        [Tool(Description = "d")] public void M() { }
        [[|Tool(Description = "d")|]] public void M(int x) { }
        """)]
    [TestCase("Name", "ORC006: 'a b' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Name = "a b", Description = "d")|]] public void M() { }
        """)]
    [TestCase("Unicode_name", "ORC006: 'grüße' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Description = "d")|]] public void Grüße() { }
        """)]
    [TestCase("Generic", "ORC007: 'M' is generic: a tool is a method without type parameters that can be called by its name", """
        [Tool(Description = "d")] public void [|M|]<T>() { }
        """)]
    [TestCase("Accessor", "ORC007: 'get_X' is an accessor: a tool is a method without type parameters that can be called by its name", """
        public int X { [Tool(Description = "d")] [|get|] => 1; }
        """)]
    [TestCase("Accessor_that_handles_events", "ORC007: 'set_X' is an accessor: an event handler is a method without type parameters that can be called by its name", """
        public Dictionary<string, int> X { [OnEvent("t")] [|set|] { } }
        """)]
    [TestCase("Finalizer", "ORC007: 'Finalize' is a finalizer: a tool is a method without type parameters that can be called by its name", """
        [Tool(Description = "d")] ~[|P|]() { }
        """)]
    [TestCase("AsyncVoid", "ORC008: 'M' is async void: return Task, so that its end and its failure can be seen", """
        [Tool(Description = "d")] public async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Returns_delegate", "ORC016: The tool 'm' returns 'System.Action', which has no JSON form: it is a delegate", """
        [Tool(Description = "d")] public [|Action|] M() => () => { };
        """)]
    [TestCase("Returns_task_of_span_like", "ORC016: The tool 'm' returns 'System.Threading.Tasks.Task<System.IO.Stream>', which has no JSON form: of this type of .NET no form is known: take what identifies it, such as a string", """
        [Tool(Description = "d")] public [|Task<System.IO.Stream>|] M(CancellationToken c) => null!;
        """)]
    [TestCase("Returns_by_reference", "ORC016: The tool 'm' returns 'int', which has no JSON form: it is returned by reference", """
        private int _x;
        [Tool(Description = "d")] public [|ref int|] M() => ref _x;
        """)]
    [TestCase("NoDescription", "ORC017: The tool 'm' has no description: a model chooses tools by it, so add a <summary> or [Tool(Description = \"…\")]", """
        [[|Tool|]] public void M() { }
        """)]
    [TestCase("NoCancellationToken", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Tool(Description = "d")] public Task [|M|](int x) => Task.CompletedTask;
        """)]
    [TestCase("NoCancellationToken_of_a_value_task", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Tool(Description = "d")] public ValueTask<int> [|M|]() => default;
        """)]
    [TestCase("NoCancellationToken_of_a_stream", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [StreamingTool(Description = "d")] public IAsyncEnumerable<int> [|M|]() => null!;
        """)]
    [TestCase("NoCancellationToken_of_a_prompt", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Prompt] public Task<string> [|M|]() => null!;
        """)]
    [TestCase("NoCancellationToken_of_a_handler", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [OnEvent("t"), OnEvent("u")] public ValueTask [|M|](EventContext context) => default;
        """)]
    [TestCase("Stream_of_a_tool", "ORC016: The tool 'm' returns 'System.Collections.Generic.IAsyncEnumerable<int>', which has no JSON form: mark it with [StreamingTool]", """
        [Tool(Description = "d")] public [|IAsyncEnumerable<int>|] M(CancellationToken token) => throw new Exception();
        """)]
    [TestCase("No_stream", "ORC021: The streaming tool 'm' returns 'System.Collections.Generic.List<int>': it must be an IAsyncEnumerable of strings, bytes or a type with a JSON form", """
        [StreamingTool(Description = "d")] public [|List<int>|] M() => [];
        """)]
    [TestCase("Stream_of_delegates", "ORC021: The streaming tool 'm' returns 'System.Collections.Generic.IAsyncEnumerable<System.Action>': it must be an IAsyncEnumerable of strings, bytes or a type with a JSON form: it is a delegate", """
        [StreamingTool(Description = "d")] public [|IAsyncEnumerable<Action>|] M(CancellationToken token) => throw new Exception();
        """)]
    [TestCase("Prompt_name", "ORC022: 'a b' is no prompt name that clients take: set [Prompt(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Prompt(Name = "a b")|]] public string M() => "";
        """)]
    [TestCase("Prompt_twice", "ORC023: The prompt name 'm' is already used by 'M': give one of them another by [Prompt(Name = \"…\")]", """
        [Prompt] public string M() => ""; [[|Prompt|]] public string M(int x) => "";
        """)]
    [TestCase("Prompt_parameter", "ORC024: The parameter 'x' of prompt 'm' has the type 'int[]', but the arguments of prompts are texts: take a string, a number, a date, an enum or the like", """
        [Prompt] public string M(int[] [|x|]) => "";
        """)]
    [TestCase("Service_of_a_value_type", "ORC034: The parameter 'x' of tool 'm' has [FromServices], but 'int' is a value type, and services are objects: take a class or an interface that has the value", """
        [Tool(Description = "d")] public void M([[|FromServices|]] int x) { }
        """)]
    [TestCase("Service_that_is_given", "ORC034: The parameter 'x' of prompt 'm' has [FromServices], but it is given without: remove the attribute", """
        [Prompt] public string M([[|FromServices|]] PromptContext x) => "";
        """)]
    [TestCase("Service_with_an_annotation", "ORC034: The parameter 'x' of event handler 'M' has [FromServices], but [Required] is for arguments, which models send: remove one of the two", """
        [OnEvent("t")] public void M([[|FromServices|], Required] TimeProvider x) { }
        """)]
    [TestCase("Service_of_params", "ORC034: The parameter 'x' of tool 'm' has [FromServices], but it is params: remove that", """
        [Tool(Description = "d")] public void M([[|FromServices|]] params string[] x) { }
        """)]
    [TestCase("Prompt_result", "ORC025: The prompt 'm' returns 'int': it must be a string, a PromptMessage, a list of them, or a PromptGetResponse", """
        [Prompt] public [|int|] M() => 1;
        """)]
    [TestCase("Prompt_without_result", "ORC025: The prompt 'm' returns 'System.Threading.Tasks.Task': it must be a string, a PromptMessage, a list of them, or a PromptGetResponse", """
        [Prompt] public [|Task|] M(CancellationToken token) => Task.CompletedTask;
        """)]
    [TestCase("Generic_prompt", "ORC007: 'M' is generic: a prompt is a method without type parameters that can be called by its name", """
        [Prompt] public static string [|M|]<T>() => "";
        """)]
    [TestCase("Topic", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent(" ")|]] public void M() { }
        """)]
    [TestCase("Filter", "ORC026: [OnEvent] on 'M': the filter 'a' has not the form \"field=value\"", """
        [[|OnEvent("t", "a")|]] public void M() { }
        """)]
    [TestCase("Topic_and_filter", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent("", "a")|]] public void M() { }
        """)]
    [TestCase("Topic_null", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent(null!)|]] public void M() { }
        """)]
    [TestCase("Filter_without_field", "ORC026: [OnEvent] on 'M': the filter '=a' has not the form \"field=value\"", """
        [[|OnEvent("t", "=a")|]] public void M() { }
        """)]
    [TestCase("Filter_null", "ORC026: [OnEvent] on 'M': the filter '' has not the form \"field=value\"", """
        [[|OnEvent("t", "a=1", null!)|]] public void M() { }
        """)]
    [TestCase("Filter_twice", "ORC026: [OnEvent] on 'M': two filters are for the field 'a'", """
        [[|OnEvent("t", "a=1", "a=2")|]] public void M() { }
        """)]
    [TestCase("Payload", "ORC027: The parameter 'x' of event handler 'M' is no object: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(int [|x|]) { }
        """)]
    [TestCase("Payload_that_is_an_array", "ORC027: The parameter 'x' of event handler 'M' is no object: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(System.Text.Json.Nodes.JsonArray [|x|]) { }
        """)]
    [TestCase("Second_payload", "ORC027: The parameter 'y' of event handler 'M' is a second payload: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(Dictionary<string, int> x, Dictionary<string, int> [|y|]) { }
        """)]
    [TestCase("Event_result", "ORC028: The event handler 'M' returns 'int', but nobody receives it: return void, Task or ValueTask", """
        [OnEvent("t")] public [|int|] M() => 1;
        """)]
    [TestCase("Async_void_handler", "ORC008: 'M' is async void: return Task, so that its end and its failure can be seen", """
        [OnEvent("t")] public async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Async_void_helper", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() => await Task.Yield();
        """)]
    [TestCase("Async_void_local_function", "ORC029: 'L' is async void: what it throws ends a native process, so return Task or catch it there", """
        [Tool(Description = "d")] public void M() { L(); async void [|L|]() { await Task.Yield(); } }
        """)]
    [TestCase("Async_void_lambda", "ORC029: The lambda is async void: what it throws ends a native process, so return Task or catch it there", """
        private readonly Timer _timer = new([|async|] _ => await Task.Yield());
        """)]
    [TestCase("Async_void_that_throws_again", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { try { await Task.Yield(); } catch (Exception) { throw; } }
        """)]
    [TestCase("Async_void_that_catches_little", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { try { await Task.Yield(); } catch (ArgumentException) { } }
        """)]
    [TestCase("Async_void_that_catches_late", "ORC029: 'M' is async void: what it throws ends a native process, so return Task or catch it there", """
        private async void [|M|]() { await Task.Yield(); try { } catch { } }
        """)]
    [TestCase("Wrong_context", "ORC009: The parameter 'x' of event handler 'M' has the type 'Orchestra.Sdk.ToolContext', which has no JSON Schema form", """
        [OnEvent("t")] public void M(ToolContext [|x|]) { }
        """)]
    public Task Of_tools(string name, string expected, string members) => VerifyAsync(name, expected, InPlugin(members));

    [TestCase("Delegate", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Action', which has no JSON Schema form: it is a delegate", "Action [|x|]")]
    [TestCase("Pointer", "ORC009: The parameter 'x' of tool 'm' has the type 'int*', which has no JSON Schema form: it is a pointer", "int* [|x|]")]
    [TestCase("Span", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Span<int>', which has no JSON Schema form: it is a ref struct: take an array", "Span<int> [|x|]")]
    [TestCase("Array_of_rank_2", "ORC009: The parameter 'x' of tool 'm' has the type 'int[*,*]', which has no JSON Schema form: it has several dimensions: take an array of arrays", "int[,] [|x|]")]
    [TestCase("Message", "ORC009: The parameter 'x' of tool 'm' has the type 'Google.Protobuf.WellKnownTypes.FieldMask', which has no JSON Schema form: it is a message of protobuf: take a Struct, or a record of its fields", "Google.Protobuf.WellKnownTypes.FieldMask [|x|]")]
    [TestCase("Interface", "ORC009: The parameter 'x' of tool 'm' has the type 'System.IDisposable', which has no JSON Schema form: it is an interface: take a class, or name the types that implement it by [JsonDerivedType]", "IDisposable [|x|]")]
    [TestCase("List_of_delegates", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.List<System.Action>', which has no JSON Schema form: its items are 'System.Action', and it is a delegate", "List<Action> [|x|]")]
    [TestCase("List_of_dictionaries", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.List<System.Collections.Generic.IReadOnlyDictionary<System.Type, int>>', which has no JSON Schema form: its items are 'System.Collections.Generic.IReadOnlyDictionary<System.Type, int>', and its keys are 'System.Type'", "List<IReadOnlyDictionary<Type, int>> [|x|]")]
    [TestCase("Dictionary_of_delegates", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.Dictionary<string, System.Action>', which has no JSON Schema form: its values are 'System.Action', and it is a delegate", "Dictionary<string, Action> [|x|]")]
    [TestCase("Tuple_with_a_delegate", "ORC009: The parameter 'x' of tool 'm' has the type '(int A, System.Action B)', which has no JSON Schema form: its item 'B' is a 'System.Action', and it is a delegate", "(int A, Action B) [|x|]")]
    [TestCase("Tuple", "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because the tuple '(int, int)' is an array with prefixItems: a record is portable", "(int, int) [|x|]")]
    [TestCase("Open_json", "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because 'System.Text.Json.JsonElement' is JSON of any kind: a type of your own is portable", "List<System.Text.Json.JsonElement> [|x|]")]
    [TestCase("Open_object", "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because 'System.Text.Json.Nodes.JsonObject' says nothing of its members: a record is portable", "System.Text.Json.Nodes.JsonObject? [|x|]")]
    [TestCase("Denies_nothing", "ORC014: [DeniedValues] on 'x': it denies no value", "[[|DeniedValues|]] string x")]
    [TestCase("Email_of_a_number", "ORC013: [EmailAddress] on 'x' does not apply to the type 'int'", "[[|EmailAddress|]] int x")]
    [TestCase("Dictionary_of_numbers", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.Dictionary<double, int>', which has no JSON Schema form: a 'double' cannot be the key of a dictionary, which is a name in JSON", "Dictionary<double, int> [|x|]")]
    [TestCase("Out", "ORC010: The parameter 'x' of tool 'm' is passed by 'out': arguments come by value", "out int [|x|]")]
    [TestCase("In", "ORC010: The parameter 'x' of tool 'm' is passed by 'in': arguments come by value", "in int [|x|]")]
    [TestCase("Ref", "ORC010: The parameter 'x' of tool 'm' is passed by 'ref': arguments come by value", "ref int [|x|]")]
    [TestCase("Ref_readonly", "ORC010: The parameter 'x' of tool 'm' is passed by 'ref readonly': arguments come by value", "ref readonly int [|x|]")]
    [TestCase("Name", "ORC011: 'größe' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "int [|größe|]")]
    [TestCase("Given_name", "ORC011: 'a b' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "[[|Argument(Name = \"a b\")|]] int x")]
    [TestCase("Duplicate", "ORC012: The argument name 'X' is used twice by tool 'm' (case does not tell names apart)", "int x, [Argument(Name = \"X\")] int [|y|]")]
    [TestCase("Range_of_string", "ORC013: [Range] on 'x' does not apply to the type 'string'", "[[|Range(1, 2)|]] string x")]
    [TestCase("Range_of_list", "ORC013: [Range] on 'x' does not apply to the type 'int[]'", "[[|Range(1, 2)|]] int[] x")]
    [TestCase("Length_of_int", "ORC013: [Length] on 'x' does not apply to the type 'int'", "[[|Length(1, 2)|]] int x")]
    [TestCase("StringLength_of_list", "ORC013: [StringLength] on 'x' does not apply to the type 'string[]'", "[[|StringLength(2)|]] string[] x")]
    [TestCase("Pattern_of_int", "ORC013: [RegularExpression] on 'x' does not apply to the type 'int'", "[[|RegularExpression(\"a\")|]] int x")]
    [TestCase("AllowedValues_of_bool", "ORC013: [AllowedValues] on 'x' does not apply to the type 'bool'", "[[|AllowedValues(true)|]] bool x")]
    [TestCase("Empty_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(2, 1)|]] int x")]
    [TestCase("Empty_exclusive_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(1, 1, MinimumIsExclusive = true)|]] double x")]
    [TestCase("No_integer_in_range", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(0.2, 0.8)|]] int x")]
    [TestCase("Range_above_the_type", "ORC014: [Range] on 'x': no value of the type is in this range", "[[|Range(300, 400)|]] byte x")]
    [TestCase("Range_of_words", "ORC014: [Range] on 'x': its bounds are no numbers", "[[|Range(typeof(int), \"a\", \"b\")|]] int x")]
    [TestCase("Pattern_of_NET", "ORC032: The pattern of 'x' is told in the description and checked before the method runs, but is not in the schema: ECMA-262 cannot say a condition, (?(…)…)", "[[|RegularExpression(\"(a)?(?(1)b|c)\")|]] string x")]
    [TestCase("Empty_pattern", "ORC014: [RegularExpression] on 'x': the pattern is empty", "[[|RegularExpression(\"\")|]] string x")]
    [TestCase("No_pattern", "ORC014: [RegularExpression] on 'x': the pattern is empty", "[[|RegularExpression(null!)|]] string x")]
    [TestCase("Negative_length", "ORC014: [MinLength] on 'x': no length is in this range", "[[|MinLength(-1)|]] string x")]
    [TestCase("Length_reversed", "ORC014: [Length] on 'x': no length is in this range", "[[|Length(3, 2)|]] string x")]
    [TestCase("No_allowed_value", "ORC014: [AllowedValues] on 'x': it allows no value", "[[|AllowedValues|]] string x")]
    [TestCase("Wrong_allowed_value", "ORC014: [AllowedValues] on 'x': 'a' is no value of the type", "[[|AllowedValues(1, \"a\")|]] int x")]
    [TestCase("Allowed_text_of_a_number", "ORC014: [AllowedValues] on 'x': '5' is no value of the type", "[[|AllowedValues(\"5\")|]] int x")]
    [TestCase("Allowed_number_of_a_text", "ORC014: [AllowedValues] on 'x': '5' is no value of the type", "[[|AllowedValues(5)|]] string x")]
    [TestCase("Allowed_infinity", "ORC014: [AllowedValues] on 'x': 'Infinity' is no value of the type", "[[|AllowedValues(double.PositiveInfinity)|]] double x")]
    [TestCase("Only_null_allowed", "ORC014: [AllowedValues] on 'x': it allows no value", "[[|AllowedValues(null)|]] string? x")]
    [TestCase("Length_without_end", "ORC014: [Length] on 'x': no length is in this range", "[[|Length(0, -1)|]] string x")]
    [TestCase("Lengths_that_exclude_each_other", "ORC014: [MaxLength] on 'x': no length is in this range", "[MinLength(3), [|MaxLength(2)|]] string x")]
    [TestCase("Default_below", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 1", "[Range(1, 10)] int [|x|] = 0")]
    [TestCase("Default_too_long", "ORC015: The default value of 'x' is refused when a caller sends it: it is longer than 2", "[MaxLength(2)] string [|x|] = \"abc\"")]
    [TestCase("Default_not_allowed", "ORC015: The default value of 'x' is refused when a caller sends it: it is not among the allowed values", "[AllowedValues(\"a\")] string [|x|] = \"b\"")]
    [TestCase("Default_above", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 10", "[Range(1, 10)] int [|x|] = 11")]
    [TestCase("Default_at_an_exclusive_minimum", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0", "[Range(0, 1, MinimumIsExclusive = true)] double [|x|] = 0")]
    [TestCase("Default_at_an_exclusive_maximum", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 1", "[Range(0, 1, MaximumIsExclusive = true)] double [|x|] = 1")]
    [TestCase("Default_below_a_decimal", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0.1", "[Range(typeof(decimal), \"0.10\", \"1.50\")] decimal [|x|] = 0")]
    [TestCase("Default_too_short", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 2", "[MinLength(2)] string [|x|] = \"a\"")]
    [TestCase("Default_denied", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(\"a\", \"b\")] string [|x|] = \"b\"")]
    [TestCase("Default_number_not_allowed", "ORC015: The default value of 'x' is refused when a caller sends it: it is not among the allowed values", "[AllowedValues(1, 2)] int [|x|] = 3")]
    [TestCase("Default_number_denied", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(1, 2)] int [|x|] = 2")]
    [TestCase("Default_blank", "ORC015: The default value of 'x' is refused when a caller sends it: it is blank", "[Required] string [|x|] = \" \"")]
    [TestCase("Default_too_short_by_StringLength", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 2", "[StringLength(9, MinimumLength = 2)] string [|x|] = \"a\"")]
    [TestCase("Default_too_long_by_Length", "ORC015: The default value of 'x' is refused when a caller sends it: it is longer than 2", "[Length(1, 2)] string? [|x|] = \"abc\"")]
    [TestCase("Default_that_does_not_match", "ORC015: The default value of 'x' is refused when a caller sends it: it does not match a+ as a whole", "[RegularExpression(\"a+\")] string [|x|] = \"ab\"")]
    [TestCase("Default_that_is_no_address", "ORC015: The default value of 'x' is refused when a caller sends it: it is no email address", "[EmailAddress] string [|x|] = \"ada\"")]
    [TestCase("Default_that_is_no_URL", "ORC015: The default value of 'x' is refused when a caller sends it: it is no URL with http://, https:// or ftp://", "[Url] string [|x|] = \"example.com\"")]
    [TestCase("Default_that_is_no_base64", "ORC015: The default value of 'x' is refused when a caller sends it: it is no base64", "[Base64String] string [|x|] = \"a\"")]
    [TestCase("Default_above_by_one_beyond_doubles", "ORC015: The default value of 'x' is refused when a caller sends it: it is above 9007199254740992", "[Range(typeof(long), \"0\", \"9007199254740992\")] long [|x|] = 9007199254740993")]
    [TestCase("Default_below_by_one_beyond_doubles", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 18446744073709551615", "[Range(typeof(ulong), \"18446744073709551615\", \"18446744073709551615\")] ulong [|x|] = 18446744073709551614")]
    [TestCase("Default_denied_among_neighbors", "ORC015: The default value of 'x' is refused when a caller sends it: it is among the denied values", "[DeniedValues(9007199254740993L)] long? [|x|] = 9007199254740993")]
    [TestCase("Default_below_in_the_last_digit", "ORC015: The default value of 'x' is refused when a caller sends it: it is below 0.1000000000000000001", "[Range(typeof(decimal), \"0.1000000000000000001\", \"1\")] decimal [|x|] = 0.1m")]
    [TestCase("Default_without_a_name", "ORC015: The default value of 'x' is refused when a caller sends it: it is no member of the enum", "DayOfWeek [|x|] = (DayOfWeek)7")]
    [TestCase("Default_of_a_nullable_without_a_name", "ORC015: The default value of 'x' is refused when a caller sends it: it is no member of the enum", "DayOfWeek? [|x|] = (DayOfWeek)(-1)")]
    [TestCase("Default_with_a_nameless_bit", "ORC015: The default value of 'x' is refused when a caller sends it: it has bits that no member of the enum names", "System.IO.FileShare [|x|] = (System.IO.FileShare)9")]
    [TestCase("No_items", "ORC015: The default value of 'x' is refused when a caller sends it: it is shorter than 1", "[MinLength(1)] params string[] [|x|]")]
    public Task Of_parameters(string name, string expected, string parameters) =>
        VerifyAsync(name, expected, InPlugin($$"""[Tool(Description = "d")] public unsafe void M({{parameters}}) => throw new Exception();"""));

    [TestCase("[Range(1, 9)] public int [|X|] { get; set; } = 10;", "it is above 9")]
    [TestCase("[MinLength(2)] public string [|X|] { get; set; } = \"d\";", "it is shorter than 2")]
    [TestCase("[MinLength(2)] public string [|X|] = \"d\";", "it is shorter than 2")]
    [TestCase("[MinLength(2)] public string [|X|] { get; init; } = string.Empty;", "it is shorter than 2")]
    [TestCase("[MaxLength(2)] public string [|X|] { get; set; } = Long; public const string Long = \"abc\";", "it is longer than 2")]
    [TestCase("[AllowedValues(\"a\")] public string [|X|] { get; set; } = \"b\";", "it is not among the allowed values")]
    [TestCase("[DeniedValues(1)] public int [|X|] { get; set; } = 1;", "it is among the denied values")]
    [TestCase("[RegularExpression(\"a+\")] public string [|X|] { get; set; } = \"b\";", "it does not match a+ as a whole")]
    [TestCase("[EmailAddress] public string [|X|] { get; set; } = \"b\";", "it is no email address")]
    [TestCase("public DayOfWeek [|X|] { get; set; } = (DayOfWeek)7;", "it is no member of the enum")]
    [TestCase("[MinLength(1)] public List<string> [|X|] { get; set; } = [];", "it is shorter than 1")]
    [TestCase("[MinLength(1)] public List<string> [|X|] { get; set; } = new();", "it is shorter than 1")]
    [TestCase("[MinLength(1)] public Dictionary<string, int> [|X|] { get; set; } = new Dictionary<string, int>();", "it is shorter than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = [1, 2];", "it is longer than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = new[] { 1, 2 };", "it is longer than 1")]
    [TestCase("[MaxLength(1)] public int[] [|X|] { get; set; } = new int[] { 1, 2 };", "it is longer than 1")]
    public Task Of_members_whose_initializer_their_annotations_refuse(string member, string excess) => VerifyAsync(
        "Initializer",
        $"ORC015: The default value of 'R.X' is refused when a caller sends it: {excess}",
        InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + $" public class R {{ {member} }}");

    [Test]
    public Task Of_parameters_of_records_whose_default_their_annotations_refuse() => VerifyAsync(
        "Record",
        "ORC015: The default value of 'R.X' is refused when a caller sends it: it is shorter than 2",
        InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + " public record R([MinLength(2)] string [|X|] = \"d\");");

    [TestCase("[MinLength(2)] public required string X { get; set; } = \"d\";")]
    [TestCase("[Required] public string X { get; set; } = \"\";")]
    [TestCase("[MinLength(2)] public string X { get; set; } = Environment.NewLine;")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = [.. Environment.GetCommandLineArgs()];")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = new(Environment.GetCommandLineArgs());")]
    [TestCase("[MinLength(1)] public List<string> X { get; set; } = new() { \"a\" };")]
    [TestCase("[MinLength(1)] public string? X { get; set; } = null;")]
    [TestCase("[Range(1, 9)] public int X { get; set; }")]
    [TestCase("public System.IO.FileShare X { get; set; } = System.IO.FileShare.ReadWrite | System.IO.FileShare.Delete;")]
    public async Task Of_no_initializer_that_may_be_sent(string member) => Assert.That(
        await GeneratorHarness.AnalyzeAsync(
            InPlugin("""[Tool(Description = "d")] public void M(R r) { }""") + $" public class R {{ {member} }}"),
        Is.Empty);

    [TestCase("ref struct R { public int A { get; set; } }", "it is a ref struct: take an array")]
    [TestCase("class R : System.Collections.ArrayList { public int A { get; set; } }", "it is a collection that is not known: take a list of its items")]
    [TestCase("class R : Exception { public new string Message { get; set; } = \"\"; }", "it is an exception")]
    [TestCase("class R : InvalidOperationException;", "it is an exception")]
    [TestCase("class R : Attribute { public int A { get; set; } }", "it is an attribute")]
    [TestCase("class R : DescribedAttribute; class DescribedAttribute : Attribute;", "it is an attribute")]
    [TestCase("interface R { int A { get; set; } }", "it is an interface: take a class, or name the types that implement it by [JsonDerivedType]")]
    [TestCase("delegate void R();", "it is a delegate")]
    public async Task Of_types_of_a_kind_that_has_no_members_in_JSON(string types, string reason)
    {
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(
            "[Plugin(\"p\")] partial class P { [Tool(Description = \"d\")] internal void M(R x) { } }\n" + types)).Single();
        Assert.That(
            $"{diagnostic.Id}: {diagnostic.GetMessage(null)}",
            Is.EqualTo($"ORC009: The parameter 'x' of tool 'm' has the type 'R', which has no JSON Schema form: {reason}"));
    }

    [Test]
    public async Task Of_a_type_that_refers_to_one_that_is_refused()
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync("""
            [Plugin("p")]
            public partial class P
            {
                [Tool(Description = "d")] public void M(Bad x) { }
                [Tool(Description = "d")] public void N(Node x) { }
            }
            public record Bad(Node Node, Action Callback);
            public record Node(Bad? Bad);
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Is.EqualTo([
            "The parameter 'x' of tool 'm' has the type 'Bad', which has no JSON Schema form: 'Bad.Callback' is a 'System.Action', and it is a delegate",
            "The parameter 'x' of tool 'n' has the type 'Node', which has no JSON Schema form: 'Bad.Callback' is a 'System.Action', and it is a delegate",
        ]));
    }

    [Test]
    public async Task None_of_what_is_only_taken_or_only_given() => Assert.That(
        await GeneratorHarness.AnalyzeAsync("""
            [Plugin("p", SchemaProfile = SchemaProfile.Full)]
            public partial class P
            {
                [Tool(Description = "d")] public R M() => throw new Exception();
                [Tool(Description = "d")] public A N() => throw new Exception();
            }
            public record R([property: Range(2, 1)] int X);
            [System.Text.Json.Serialization.JsonDerivedType(typeof(B), "b")] public record A;
            public record B : A { public B(string type) => Kind = type; public string Kind { get; } }
            """),
        Is.Empty);

    [TestCase("class R { public R(ref int a) { } }", "the constructor of 'R' takes 'a' by reference")]
    [TestCase("class R { public R(int a) { } [System.Text.Json.Serialization.JsonPropertyName(\"a\")] public string B { get; set; } = \"\"; }", "'R' has two members named 'a' in JSON (case does not tell names apart)")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D : R { public D(string type) { } }", "'D.type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("record R(Action Callback);", "'R.Callback' is a 'System.Action', and it is a delegate")]
    [TestCase("record R(Inner Inner); record Inner(List<IDisposable> Items);", "'Inner.Items' is a 'System.Collections.Generic.List<System.IDisposable>', and its items are 'System.IDisposable', and it is an interface: take a class, or name the types that implement it by [JsonDerivedType]")]
    [TestCase("class R { public R(int a) { } public R(string b) { } }", "'R' has no public constructor, or several: mark the one to use with [JsonConstructor]")]
    [TestCase("abstract record R;", "'R' is abstract: name its derived types by [JsonDerivedType]")]
    [TestCase("record R([property: System.Text.Json.Serialization.JsonIgnore] int A);", "'R.A' is ignored, but the constructor needs it")]
    [TestCase("class R { [System.Text.Json.Serialization.JsonIgnore] public required int A { get; set; } }", "'R.A' is ignored, but required")]
    [TestCase("record R(int A, int a);", "'R' has two members named 'a' in JSON (case does not tell names apart)")]
    [TestCase("record R(int Größe);", "'R.Größe' is named 'größe' in JSON, which clients refuse: set [JsonPropertyName] to 1 to 64 ASCII letters, digits, '_', '.' and '-'")]
    [TestCase("enum R;", "'R' has no members")]
    [TestCase("record S; [System.Text.Json.Serialization.JsonDerivedType(typeof(S))] file record R;", "'R' is file-local, and generated code is in another file")]
    [TestCase("record R(R? Next, Action Callback);", "'R.Callback' is a 'System.Action', and it is a delegate")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D))] record R; record D : R;", "'R' names 'D' without a type discriminator")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1), System.Text.Json.Serialization.JsonDerivedType(typeof(R), \"r\")] record R; record D : R;", "'R' mixes strings and numbers as type discriminators")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1), System.Text.Json.Serialization.JsonDerivedType(typeof(R), 1)] record R; record D : R;", "'R' has a type discriminator twice")]
    [TestCase("[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"$type\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D : R;", "the discriminator of 'R' is named '$type', which clients refuse: set TypeDiscriminatorPropertyName to 1 to 64 ASCII letters, digits, '_', '.' and '-'")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D(string Type) : R;", "'D.Type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"KIND\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R(int Kind); record D() : R(1);", "'D.Kind' and the discriminator of 'R' are both named 'kind' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    [TestCase("[System.Text.Json.Serialization.JsonDerivedType(typeof(D), \"d\")] record R; record D(R? Inner, [property: System.Text.Json.Serialization.JsonPropertyName(\"type\")] int Code) : R;", "'D.Code' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]")]
    public async Task Of_types(string types, string reason)
    {
        var source = "[Plugin(\"p\")] public partial class P { [Tool(Description = \"d\")] internal void M(R x) { } }\n"
            + types.Replace("record R", "internal record R", StringComparison.Ordinal);
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(source)).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC009"));
        Assert.That(diagnostic.GetMessage(null), Is.EqualTo($"The parameter 'x' of tool 'm' has the type 'R', which has no JSON Schema form: {reason}"));
    }

    [Test]
    public Task Of_a_polymorphic_type() => VerifyAsync(
        "Union",
        "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because the values of 'R' are of several types, which is anyOf in a schema: a record with an enum is portable",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(List<R> [|x|]) { } }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(D), "d")] public record R; public record D : R;
        """);

    [Test]
    public Task Of_a_discriminator_of_a_result_that_a_member_is_named_like() => VerifyAsync(
        "Result",
        "ORC016: The tool 'm' returns 'R', which has no JSON form: 'D.Type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public [|R|] M() => new D("x"); }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(D), "d")] public record R; public record D(string Type) : R;
        """);

    [TestCase("a member that is ignored", "[System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1)] public record R; public record D : R { [System.Text.Json.Serialization.JsonIgnore] public string Type { get; set; } = \"\"; }")]
    [TestCase("a discriminator that is named", "[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), System.Text.Json.Serialization.JsonDerivedType(typeof(D), 1)] public record R; public record D(string Type) : R;")]
    public async Task None_of_a_discriminator_that_is_like_no_member(string name, string types)
    {
        var source = $$"""
            [Plugin("p", SchemaProfile = SchemaProfile.Full)] public partial class P { [Tool(Description = "d")] public R M(R x) => x; }
            {{types}}
            """;
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty, name);
    }

    [Test]
    public Task Of_a_dictionary_in_a_strict_schema() => VerifyAsync(
        "Dictionary",
        "ORC019: The schema of 'x' of tool 'm' is refused or misread by some clients, because a dictionary has members that a strict schema cannot name: a list of records is portable",
        """
        [Plugin("p", SchemaProfile = SchemaProfile.OpenAIStrict)]
        public partial class P { [Tool(Description = "d")] public void M(Dictionary<string, int> [|x|]) { } }
        """);

    [Test]
    public Task Of_a_constraint_on_a_member_once() => VerifyAsync(
        "Member",
        "ORC014: [Range] on 'A': no value of the type is in this range",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(R x, R y) { } }
        [Plugin("q")] public partial class Q { [Tool(Description = "d")] public void M(R x) { } }
        public record R([property: [|Range(2, 1)|]] int A);
        """);

    [Test]
    public Task Of_a_result_whose_text_is_no_string() => VerifyAsync(
        "Text",
        "ORC020: The result of tool 'm' has a member 'Text' named \"text\" in JSON that is no string: hosts show it as an empty text",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public [|R|] M() => new([]); }
        public record R(string[] Text);
        """);

    [Test]
    public async Task None_of_a_full_schema()
    {
        var source = """
            [Plugin("p", SchemaProfile = SchemaProfile.Full)]
            public partial class P { [Tool(Description = "d")] public R M((int, int) x, object y, R z) => z; }
            public record R(string? Text);
            """;
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [TestCase("Named", "'C' is no plugin, as 'RunAsync' needs one: mark it with [Plugin(\"…\")] and make it partial", "public class C { public static Task Main(string[] args) => Plugin.RunAsync<[|C|]>(args); }")]
    [TestCase("Named_by_another", "'C' is no plugin, as 'RunAsync' needs one: mark it with [Plugin(\"…\")] and make it partial", "using static Orchestra.Sdk.Plugin; public class C { public static Task Main(string[] args) => RunAsync<[|C|]>(args); }")]
    [TestCase("Inferred", "'C' is no plugin, as 'For' needs one: mark it with [Plugin(\"…\")] and make it partial", "public class C { public static object Main() => [|ExportedPlugin.For|](new C()); }")]
    public Task Of_a_class_that_is_no_plugin_where_one_is_needed(string name, string message, string markup) =>
        VerifyAsync(name, "ORC033: " + message, markup);

    [TestCase("[Plugin(\"c\")] public partial class C { public static Task Main(string[] args) => Plugin.RunAsync<C>(args); }")]
    [TestCase("[Plugin(\"c\")] public class C { public static Task Main(string[] args) => Plugin.RunAsync<C>(args); }", "ORC001")]
    [TestCase("public class C { public static Task Run<T>(string[] args) where T : class, IPlugin<T>, new() => Plugin.RunAsync<T>(args); }")]
    [TestCase("public class C { public static Task Main(string[] args) => Plugin.RunAsync<Missing>(args); }")]
    public async Task None_of_a_class_that_is_one_or_unknown(string source, params string[] others) =>
        Assert.That((await GeneratorHarness.AnalyzeAsync(source)).Select(diagnostic => diagnostic.Id), Is.EqualTo(others));

    [Test]
    public async Task Of_an_invalid_pattern()
    {
        var markup = InPlugin("""[Tool(Description = "d")] public void M([[|RegularExpression("(")|]] string x) { }""");
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(Unmark(markup, out _))).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC014"));
        Assert.That(diagnostic.GetMessage(null), Does.StartWith("[RegularExpression] on 'x': Invalid pattern '('"));
    }

    [Test]
    public async Task Of_a_pattern_whose_comment_would_swallow_what_is_put_around_it()
    {
        var source = InPlugin("""[Tool(Description = "d")] public void M([RegularExpression("(?x)a # b")] string x) { }""");
        Assert.That((await GeneratorHarness.AnalyzeAsync(source)).Single().Id, Is.EqualTo("ORC014"));
    }

    [TestCase("[Range(1, 10)] int x = 1")]
    [TestCase("[Range(1, 10)] int x = 10")]
    [TestCase("[Range(0, 0.1)] float x = 0.1f")]
    [TestCase("[AllowedValues(0.1f, 2)] float x = 0.1f")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] double x = 0.5")]
    [TestCase("[AllowedValues(1, 2)] int x = 2")]
    [TestCase("[DeniedValues(1, 2)] int x = 3")]
    [TestCase("[Length(1, 2)] string x = \"a\"")]
    [TestCase("[Length(1, 2)] string x = \"ab\"")]
    [TestCase("[MaxLength(1)] string x = \"\\U0001F600\"")]
    [TestCase("[AllowedValues(\"a\", \"b\")] string x = \"b\"")]
    [TestCase("[DeniedValues(\"a\")] string x = \"b\"")]
    [TestCase("[Required] string x = \"a\"")]
    [TestCase("[Required(AllowEmptyStrings = true)] string x = \" \"")]
    [TestCase("string x = \"\"")]
    public async Task None_of_a_default_that_callers_may_send(string parameter)
    {
        var source = InPlugin($$"""[Tool(Description = "d")] public void M({{parameter}}) { }""");
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [Test]
    public async Task None_of_a_plugin_with_one_of_everything()
    {
        var source = InPlugin("""
            /// <summary>Takes much.</summary>
            [Tool]
            public Task<string?> MAsync(
                [Length(1, 5)] string a, [Range(1, 9)] int? b, char c, bool d, [MinLength(1)] List<double> e, DayOfWeek f,
                [AllowedValues(1, 2)] byte g, [RegularExpression("^a")] string h, ToolContext context,
                CancellationToken cancellationToken, [Range(0, 1)] float i = 0.5f, params Guid[] j) => Task.FromResult<string?>("");

            /// <summary>Streams.</summary>
            [StreamingTool] public IAsyncEnumerable<byte[]> Stream(IProgress<int> progress, CancellationToken token) => throw new Exception();

            [Prompt] public Task<string> Ask(string a, Guid? b, PromptContext context, CancellationToken token) => Task.FromResult(a);

            [OnEvent("t", "a=b"), OnEvent("u")] public Task On(Dictionary<string, string> payload, EventContext context, CancellationToken token) => Task.CompletedTask;
            """);
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [TestCase("synchronous", "[Tool] public int M() => 1;")]
    [TestCase("with a token", "[Tool] public Task M(CancellationToken cancellationToken) => Task.CompletedTask;")]
    [TestCase("no tool", "public Task M() => Task.CompletedTask;")]
    [TestCase("of an interface", "[Tool] public ValueTask DisposeAsync() => default;")]
    [TestCase("explicitly of an interface", "[Tool] ValueTask IAsyncDisposable.DisposeAsync() => default;")]
    [TestCase("override", "[Tool] public override Task FlushAsync() => Task.CompletedTask;")]
    public async Task None_of_a_token_that_is_not_missing(string name, string member)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            public abstract class Base : IAsyncDisposable
            {
                public abstract Task FlushAsync();
                public virtual ValueTask DisposeAsync() => default;
            }

            [Plugin("p")] public partial class P : Base, IAsyncDisposable { {{member}} }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Does.Not.Contain("ORC018"), name);
    }

    [TestCase("public async Task M() => await Task.Yield();")]
    [TestCase("public void M() { }")]
    [TestCase("public Task M() => Task.Run(async () => await Task.Yield());")]
    [TestCase("public async void M() { try { await Task.Yield(); } catch (Exception e) { Console.Error.WriteLine(e); } }")]
    [TestCase("private readonly Timer _timer = new(async _ => { try { await Task.Yield(); } catch { } });")]
    [TestCase("private class Helper { public async void M() => await Task.Yield(); }")]
    public async Task None_of_what_is_not_async_void_or_catches_all(string member) =>
        Assert.That(await GeneratorHarness.AnalyzeAsync(InPlugin(member)), Is.Empty);

    private static string InPlugin(string members) => $$"""
        [Plugin("p")]
        public partial class P
        {
            {{members}}
        }
        """;

    private static async Task VerifyAsync(string name, string expected, string markup)
    {
        var source = Unmark(markup, out var place);
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(source)).Single();
        Assert.That($"{diagnostic.Id}: {diagnostic.GetMessage(null)}", Is.EqualTo(expected), name);
        Assert.That(source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), Is.EqualTo(place));
        Assert.That(diagnostic.Location.SourceSpan.Start, Is.EqualTo(markup.IndexOf("[|", StringComparison.Ordinal)));
    }

    private static string Unmark(string markup, out string place)
    {
        place = Marked().Match(markup).Groups[1].Value;
        Assert.That(place, Is.Not.Empty);
        return Marked().Replace(markup, "$1");
    }

    [GeneratedRegex(@"\[\|(.*?)\|\]")]
    private static partial Regex Marked();
}
