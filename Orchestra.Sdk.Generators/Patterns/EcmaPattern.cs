using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>
/// Says in ECMA-262, with the flag <c>u</c>, what a .NET regular expression says of a whole text. It says the same of every text of
/// characters up to U+FFFF; those beyond are two to .NET and one to ECMA-262.
/// </summary>
internal sealed class EcmaPattern
{
    // To a boundary the joiners belong to words as well.
    private const string Word = $@"[{CharacterSet.WordCharacters}\u200c\u200d]";

    private readonly StringBuilder _output = new();
    private readonly List<Capture> _captures;

    // The groups that have captured something wherever the rest of the expression is tried.
    private HashSet<Capture> _captured = [];
    private bool _isBehind;

    private EcmaPattern(List<Capture> captures) => _captures = captures;

    /// <summary>The expression, which is not bound to the whole text but by its own anchors.</summary>
    /// <param name="pattern">A good .NET expression.</param>
    /// <param name="fault">What ECMA-262 cannot say of it; null when it can say all.</param>
    /// <returns>The expression; null where there is a fault.</returns>
    public static string? Of(string pattern, out string? fault)
    {
        try
        {
            var parser = new PatternParser(pattern);
            var node = parser.Parse();
            fault = null;
            var translation = new EcmaPattern(parser.Captures);
            translation.WriteWhole(node);
            return translation._output.ToString();
        }
        catch (NotInEcmaException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    private void WriteWhole(PatternNode node)
    {
        _output.Append('^');
        if (node is Alternation)
        {
            node = new Group(node, Capture: null);
        }

        // Its own anchors would be there twice.
        var items = node is Sequence sequence ? sequence.Items : [node];
        var first = items.TakeWhile(item => item is Assertion { Kind: AssertionKind.Start }).Count();
        var last = items.Count;
        while (last > first && items[last - 1] is Assertion { Kind: AssertionKind.End or AssertionKind.EndOrLastBreak })
        {
            last--;
        }

        for (var i = first; i < last; i++)
        {
            Write(items[i]);
        }

        _output.Append('$');
    }

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case Literal literal:
                _output.Append(literal.Text);
                break;
            case Characters characters:
                _output.Append(characters.Set);
                break;
            case Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Write(item);
                }

                break;
            case Alternation alternation:
                WriteBranches(alternation);
                break;
            case Group group:
                WriteGroup(group);
                break;
            case Lookaround lookaround:
                WriteLookaround(lookaround);
                break;
            case Repetition repetition:
                WriteRepetition(repetition);
                break;
            case BackReference reference:
                WriteReference(reference);
                break;
            case Assertion assertion:
                _output.Append(Text(assertion.Kind));
                break;
        }
    }

    private static string Text(AssertionKind kind) => kind switch
    {
        AssertionKind.Start => "^",
        AssertionKind.End => "$",
        AssertionKind.EndOrLastBreak => @"(?=\n?$)",
        AssertionKind.LineStart => @"(?<![^\n])",
        AssertionKind.LineEnd => @"(?![^\n])",
        AssertionKind.WordBoundary => $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))",
        _ => $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))",
    };

    private void WriteBranches(Alternation alternation)
    {
        var before = _captured;
        HashSet<Capture>? after = null;
        foreach (var branch in alternation.Branches)
        {
            _output.Append(after is null ? "" : "|");
            _captured = [.. before];
            Write(branch);
            after ??= _captured;
            after.IntersectWith(_captured);
        }

        _captured = after ?? before;
    }

    private void WriteGroup(Group group)
    {
        _output.Append(group.Capture is not { } capture ? "(?:" : IsName(capture.Name) ? $"(?<{capture.Name}>" : "(");
        Write(group.Content);
        _output.Append(')');
        if (group.Capture is { } captured)
        {
            _captured.Add(captured);
        }
    }

    /// <summary>Whether a group can have the name in ECMA-262, where each is there once.</summary>
    private bool IsName(string name) =>
        name.Length > 0
        && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
        && name[0] is not (>= '0' and <= '9')
        && _captures.Count(capture => capture.Name == name) == 1;

    private void WriteLookaround(Lookaround lookaround)
    {
        var (before, wasBehind) = (new HashSet<Capture>(_captured), _isBehind);
        _isBehind |= lookaround.IsBehind;
        _output.Append(lookaround.Opening);
        Write(lookaround.Content);
        _output.Append(')');
        _isBehind = wasBehind;
        _captured = lookaround.IsNegative ? before : _captured;
    }

    private void WriteRepetition(Repetition repetition)
    {
        var before = new HashSet<Capture>(_captured);
        var isAtom = repetition.Content is Literal or Characters or Group;
        _output.Append(isAtom ? "" : "(?:");
        Write(repetition.Content);
        _output.Append(isAtom ? "" : ")").Append(repetition.Quantifier);
        _captured = repetition.MayBeNone ? before : _captured;
    }

    /// <summary>A group that captured nothing matches nothing in .NET, and the empty text in ECMA-262.</summary>
    private void WriteReference(BackReference reference)
    {
        if (_isBehind || Find(reference.Group) is not { } capture || !_captured.Contains(capture))
        {
            throw new NotInEcmaException("a reference to a group that may have captured nothing");
        }

        // In a group, lest a digit that follows becomes part of it.
        _output.Append($@"(?:\{capture.Index})");
    }

    private Capture? Find(string group)
    {
        // .NET counts those without a name first.
        var byNumber = _captures.Where(capture => capture.Name.Length == 0).Concat(_captures.Where(capture => capture.Name.Length > 0)).ToList();
        if (_captures.Any(capture => capture.Name.Length > 0 && (char.IsDigit(capture.Name[0]) || _captures.Count(other => other.Name == capture.Name) > 1)))
        {
            return null;
        }

        return int.TryParse(group, out var number)
            ? number >= 1 && number <= byNumber.Count ? byNumber[number - 1] : null
            : _captures.FirstOrDefault(capture => capture.Name == group);
    }
}
