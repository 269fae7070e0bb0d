using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

namespace MyNamespace;

/// <summary>Keeps a list of what is to be done.</summary>
#if (Storage)
[Plugin("tools.my-binary", ProvidesStorage = ["my-binary"])]
#else
[Plugin("tools.my-binary")]
#endif
public sealed partial class MyClassTools
{
    // Tools run side by side.
    private readonly Lock _lock = new();
    private readonly List<TodoItem> _items = [];

    /// <summary>Add something to be done to the list.</summary>
    /// <param name="title">What is to be done.</param>
    /// <param name="priority">How much it matters.</param>
    /// <param name="due">The day by which it is to be done.</param>
    [Tool(Title = "Add a to-do")]
    public TodoItem AddTodo([Length(1, 200)] string title, Priority priority = Priority.Normal, DateOnly? due = null)
    {
        lock (_lock)
        {
            var item = new TodoItem(_items.Count + 1, title, priority, due);
            _items.Add(item);
            return item;
        }
    }

    /// <summary>List what is to be done, what matters most first.</summary>
    /// <param name="search">Words that must occur in the title; all to-dos without it.</param>
    /// <param name="limit">How many at the most.</param>
    [Tool(Title = "List to-dos", ReadOnly = true)]
    public IReadOnlyList<TodoItem> ListTodos(string? search = null, [Range(1, 100)] int limit = 20)
    {
        lock (_lock)
        {
            return [.. _items
                .Where(item => item.Title.Contains(search ?? "", StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(item => item.Priority)
                .ThenBy(item => item.Due ?? DateOnly.MaxValue)
                .Take(limit)];
        }
    }
}
