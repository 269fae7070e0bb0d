using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Binding;

/// <summary>What all the readers of one call share.</summary>
internal sealed class BindingCall
{
    /// <summary>How deep objects may nest: further than a peer can send them, and never too deep for the stack.</summary>
    public const int MaxDepth = 64;

    private PatternBudget _patterns;

    public required ILogger Logger { get; init; }

    /// <summary>The time for patterns that this call shares with others of its peer, where it came from one.</summary>
    public PatternAllowance? Patterns { get; init; }

    /// <summary>The tool, prompt or topic.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for messages: a tool or a prompt.</summary>
    public string What { get; init; } = "tool";

    public bool IsStrict { get; init; }

    /// <summary>Whether members that nobody asks for are no fault: those of an event, which others publish.</summary>
    public bool IgnoresUnknown { get; init; }

    /// <summary>Whether all values are texts by nature, so that a number in a string is nothing to note.</summary>
    public bool IsText { get; init; }

    public FaultList Faults { get; } = new();

    /// <summary>How many objects are open.</summary>
    public int Depth { get; set; }

    /// <summary>Notes that a form was taken that a strict tool refuses.</summary>
    public void Tolerate(string? name, Tolerance form)
    {
        if (!IsText)
        {
            ToleranceLog.Note(Logger, Name, name, form);
        }
    }

    /// <summary>Whether all of the text matches; null when it took too long to tell.</summary>
    public bool? IsMatch(TextPattern pattern, string text) => _patterns.IsMatch(pattern, text, Patterns);
}
