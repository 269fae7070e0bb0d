using System.Collections.Generic;
using System.Linq;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Names of generated methods.</summary>
internal static class MethodNames
{
    /// <summary>A name for each method, the same from build to build even where methods are overloaded.</summary>
    public static List<string> Of(string prefix, IEnumerable<string> methodNames)
    {
        // Those that the prefixes could make: the members that are overridden.
        var used = new HashSet<string> { "CallTool", "StreamTool", "StreamingTools", "GetPrompt", "HandleEvent" };
        return methodNames.Select(methodName =>
        {
            var name = prefix + methodName.TrimStart('@');
            var unique = name;
            for (var i = 2; !used.Add(unique); i++)
            {
                unique = $"{name}_{i}";
            }

            return unique;
        }).ToList();
    }
}
