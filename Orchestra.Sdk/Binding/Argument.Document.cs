using System.Text.Json;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Gives any value as JSON.</summary>
    /// <returns>The value.</returns>
    public JsonDocument ReadJsonDocument() => JsonDocument.Parse(JsonValues.ToNode(_value)?.ToJsonString() ?? "null");
}
