using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Protobuf's objects as JSON. Its own formatter refuses empty names, which JSON has.</summary>
internal static class StructJson
{
    public static JsonObject Of(Struct members) => new(members.Fields.Select(member => KeyValuePair.Create(member.Key, Of(member.Value))));

    private static JsonNode? Of(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.ListValue => new JsonArray([.. value.ListValue.Values.Select(Of)]),
        Value.KindOneofCase.StructValue => Of(value.StructValue),
        _ => null,
    };
}
