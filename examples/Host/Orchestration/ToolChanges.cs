using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>What is another after plugins have been built and started again.</summary>
internal static class ToolChanges
{
    /// <summary>In a line for people.</summary>
    public static string Describe(IEnumerable<ToolDefinition> before, IEnumerable<ToolDefinition> after)
    {
        Dictionary<string, ToolDefinition> old = before.ToDictionary(tool => tool.Name);
        Dictionary<string, ToolDefinition> now = after.ToDictionary(tool => tool.Name);
        string[] changes =
        [
            .. now.Keys.Except(old.Keys).Select(name => $"+ {name}"),
            .. old.Keys.Except(now.Keys).Select(name => $"- {name}"),
            .. now.Keys.Intersect(old.Keys).Where(name => !old[name].Equals(now[name])).Select(name => $"~ {name}"),
        ];
        return changes.Length == 0 ? $"the same {now.Count} tools" : string.Join(", ", changes);
    }
}
