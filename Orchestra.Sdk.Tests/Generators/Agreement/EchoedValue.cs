using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>What a tool that gives back its argument has given.</summary>
internal static class EchoedValue
{
    /// <summary>The value within a result, without what can be given only.</summary>
    /// <param name="result">The result, which is changed.</param>
    /// <param name="isObject">Whether the value is an object, which is the result itself.</param>
    /// <param name="type">Its type.</param>
    public static JsonNode? Of(JsonObject result, bool isObject, string type)
    {
        JsonNode? value = isObject ? result : result[type.TrimEnd('?') == "string" ? "text" : "data"];
        RemoveComputed(value);
        return value?.DeepClone();
    }

    private static void RemoveComputed(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            members.Remove("computed");
        }

        foreach (JsonNode? part in (node as JsonArray)?.AsEnumerable() ?? (node as JsonObject)?.Select(member => member.Value) ?? [])
        {
            RemoveComputed(part);
        }
    }
}
