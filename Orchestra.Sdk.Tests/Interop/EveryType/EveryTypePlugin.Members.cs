using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

/// <summary>Types with members, and JSON of any shape.</summary>
public sealed partial class EveryTypePlugin
{
    [Tool(Description = "record")] public Note Record(Note x) => x;
    [Tool(Description = "class")] public Place Class(Place x) => x;
    [Tool(Description = "struct")] public Size Struct(Size x) => x;
    [Tool(Description = "record struct")] public Point RecordStruct(Point x) => x;
    [Tool(Description = "constructor")] public Made Constructor(Made x) => x;
    [Tool(Description = "generic")] public Page<Point> Generic(Page<Point> x) => x;
    [Tool(Description = "recursive")] public Node Recursive(Node x) => x;
    [Tool(Description = "get-only collections")] public Filled GetOnly(Filled x) => x;
    [Tool(Description = "attributes")] public Renamed Attributes(Renamed x) => x;
    [Tool(Description = "hidden and overridden members")] public Derived Inherited(Derived x) => x;
    [Tool(Description = "Optional members")] public Change OptionalMembers(Change x) => x;
    [Tool(Description = "extension data")] public Extended ExtensionData(Extended x) => x;
    [Tool(Description = "KeyValuePair")] public KeyValuePair<string, int> Pair(KeyValuePair<string, int> x) => x;
    [Tool(Description = "polymorphic")] public Shape Polymorphic(Shape x) => x;
    [Tool(Description = "tuple")] public (string Name, int, Point?) Tuple((string Name, int, Point?) x) => x;

    [Tool(Description = "Struct")] public Struct ProtobufStruct(Struct x) => x;
    [Tool(Description = "Value")] public Value ProtobufValue(Value x) => x;
    [Tool(Description = "JsonObject")] public JsonObject JsonObject(JsonObject x) => x;
    [Tool(Description = "JsonArray")] public JsonArray JsonArray(JsonArray x) => x;
    [Tool(Description = "JsonNode")] public JsonNode? JsonNode(JsonNode? x) => x;
    [Tool(Description = "JsonElement")] public JsonElement JsonElement(JsonElement x) => x;
    [Tool(Description = "JsonDocument")] public JsonDocument JsonDocument(JsonDocument x) => x;
    [Tool(Description = "object")] public object Object(object x) => x;
    [Tool(Description = "dynamic")] public dynamic Dynamic(dynamic x) => x;

    // Known at run time only.
    [Tool(Description = "objects of many types")] public object?[] Objects() =>
        [1, 2.5m, "a", null, Color.Blue, new DateOnly(2026, 1, 31), new Dictionary<string, object?> { ["a"] = new List<object> { true } }, new byte[] { 1 }];
}
