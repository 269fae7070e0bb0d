namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is wrong with parameters of tools: their types, their names and how they are passed.</summary>
public sealed class ParameterDiagnosticsTests
{
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
    [TestCase("Dictionary_of_numbers", "ORC009: The parameter 'x' of tool 'm' has the type 'System.Collections.Generic.Dictionary<double, int>', which has no JSON Schema form: a 'double' cannot be the key of a dictionary, which is a name in JSON", "Dictionary<double, int> [|x|]")]
    [TestCase("Out", "ORC010: The parameter 'x' of tool 'm' is passed by 'out': arguments come by value", "out int [|x|]")]
    [TestCase("In", "ORC010: The parameter 'x' of tool 'm' is passed by 'in': arguments come by value", "in int [|x|]")]
    [TestCase("Ref", "ORC010: The parameter 'x' of tool 'm' is passed by 'ref': arguments come by value", "ref int [|x|]")]
    [TestCase("Ref_readonly", "ORC010: The parameter 'x' of tool 'm' is passed by 'ref readonly': arguments come by value", "ref readonly int [|x|]")]
    [TestCase("Name", "ORC011: 'größe' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "int [|größe|]")]
    [TestCase("Given_name", "ORC011: 'a b' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'", "[[|Argument(Name = \"a b\")|]] int x")]
    [TestCase("Duplicate", "ORC012: The argument name 'X' is used twice by tool 'm' (case does not tell names apart)", "int x, [Argument(Name = \"X\")] int [|y|]")]
    public Task Of_parameters(string name, string expected, string parameters) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, $$"""[Tool(Description = "d")] public unsafe void M({{parameters}}) => throw new Exception();""");
}
