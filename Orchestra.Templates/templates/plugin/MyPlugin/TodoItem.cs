namespace MyNamespace;

/// <summary>Something to be done.</summary>
/// <param name="Id">Its number, by which tools know it.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="Due">The day by which it is to be done.</param>
public sealed record TodoItem(int Id, string Title, Priority Priority, DateOnly? Due);

/// <summary>How much something matters.</summary>
public enum Priority
{
    /// <summary>It can wait.</summary>
    Low,

    /// <summary>It is one of many.</summary>
    Normal,

    /// <summary>It comes first.</summary>
    High,
}
