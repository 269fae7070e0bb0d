using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

/// <summary>What all the readers of one call share.</summary>
internal sealed class BindingCall
{
    /// <summary>How deep objects may nest that become objects of the user's: each with a list in it as deep as a peer can send them.</summary>
    public const int MaxDepth = 64;

    // A value takes many times the memory of its text, and an array can hold any number of texts.
    private int _jsonTextLeft = 1 << 20;

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

    public FaultList Faults { get; private init; } = new();

    /// <summary>How many objects are open.</summary>
    public int Depth { get; set; }

    /// <summary>The same for the keys of an object, which are texts.</summary>
    public BindingCall OfKeys() => new() { Logger = Logger, Name = Name, What = What, IsText = true, Faults = Faults };

    /// <summary>Notes that a form was taken that a strict tool refuses.</summary>
    public void Tolerate(string? name, Tolerance form)
    {
        if (!IsText)
        {
            ToleratedForms.Note(Logger, Name, name, form);
        }
    }

    /// <summary>Reads an array that came as a string; false when it is none, or the call has sent too much of such text.</summary>
    public bool TryParseArray(string text, [NotNullWhen(true)] out ListValue? array)
    {
        array = null;
        return TakeJsonText(text) && JsonText.TryParseArray(text, out array);
    }

    /// <summary>Reads an object that came as a string; false when it is none, or the call has sent too much of such text.</summary>
    public bool TryParseObject(string text, [NotNullWhen(true)] out Struct? members)
    {
        members = null;
        return TakeJsonText(text) && JsonText.TryParseObject(text, out members);
    }

    /// <summary>Whether all of the text matches; null when it took too long to tell.</summary>
    public bool? IsMatch(TextPattern pattern, string text) => _patterns.IsMatch(pattern, text, Patterns);

    private bool TakeJsonText(string text)
    {
        bool isTaken = text.Length <= _jsonTextLeft;
        _jsonTextLeft -= isTaken ? text.Length : 0;
        return isTaken;
    }
}
