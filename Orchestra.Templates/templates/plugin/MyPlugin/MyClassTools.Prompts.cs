using Orchestra.Sdk;

namespace MyNamespace;

public sealed partial class MyClassTools
{
    /// <summary>Plan a day from the list.</summary>
    /// <param name="hours">How many hours there are.</param>
    [Prompt]
    public string PlanDay(int hours = 8)
    {
        IEnumerable<string> lines = ListTodos(limit: 100).Select(item => $"- {item.Title} ({item.Priority}, due {item.Due?.ToString("O") ?? "any day"})");
        return $"Plan a day of {hours} hours from this list. Leave out what does not fit.\n\n{string.Join('\n', lines)}";
    }
}
