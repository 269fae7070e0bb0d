using System.Collections.Generic;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>A part of a .NET regular expression, its options already applied.</summary>
internal abstract record PatternNode;

/// <summary>One character as it is; of two surrogates a pair.</summary>
internal sealed record Literal(string Text) : PatternNode;

/// <summary>One character of a set.</summary>
internal sealed record Characters(CharacterSet Set) : PatternNode;

internal sealed record Sequence(IReadOnlyList<PatternNode> Items) : PatternNode;

/// <summary>Stands in a group, in a lookaround, or at the top.</summary>
internal sealed record Alternation(IReadOnlyList<PatternNode> Branches) : PatternNode;

/// <param name="Content">What is in it.</param>
/// <param name="Capture">What it captures; null when it only groups.</param>
internal sealed record Group(PatternNode Content, Capture? Capture) : PatternNode;

/// <param name="Index">Its place among the opening parentheses that capture, from 1, as ECMA-262 counts.</param>
/// <param name="Name">Its name; empty when it has none, a number where that is its name.</param>
internal sealed record Capture(int Index, string Name);

/// <param name="Opening">Such as <c>(?=</c>.</param>
/// <param name="Content">What is looked for.</param>
internal sealed record Lookaround(string Opening, PatternNode Content) : PatternNode
{
    public bool IsBehind => Opening.Length == 4;

    public bool IsNegative => Opening[Opening.Length - 1] == '!';
}

/// <param name="Content">What is repeated.</param>
/// <param name="Quantifier">Such as <c>{1,3}?</c>.</param>
/// <param name="MayBeNone">Whether no repetition will do.</param>
internal sealed record Repetition(PatternNode Content, string Quantifier, bool MayBeNone) : PatternNode;

internal sealed record Assertion(AssertionKind Kind) : PatternNode;

/// <param name="Group">The number or name of the group whose text comes again.</param>
internal sealed record BackReference(string Group) : PatternNode;

internal enum AssertionKind
{
    Start,
    End,

    /// <summary>Also before a line break that is the end.</summary>
    EndOrLastBreak,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}
