using System;
using System.Collections.Generic;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Takes a .NET regular expression apart. It must be a good one: what .NET refuses need not be found here.</summary>
internal sealed class PatternParser(string pattern)
{
    public const int MaxDepth = 100;

    private readonly PatternReader _reader = new(pattern);
    private Options _options;

    [Flags]
    private enum Options
    {
        None = 0,
        IgnoreCase = 1,
        Multiline = 2,
        ExplicitCapture = 4,
        Singleline = 8,
        IgnoreWhiteSpace = 16,
    }

    /// <summary>All that capture, in the order of their opening parentheses.</summary>
    public List<Capture> Captures { get; } = [];

    private bool IgnoreCase => Has(Options.IgnoreCase);

    public PatternNode Parse() => Alternatives(depth: 0);

    private bool Has(Options option) => (_options & option) != 0;

    private void SkipBlanks() => _reader.SkipBlanks(Has(Options.IgnoreWhiteSpace));

    private PatternNode Alternatives(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new NotInEcmaException("groups of such a depth");
        }

        var branches = new List<PatternNode>();
        do
        {
            branches.Add(Items(depth));
        }
        while (_reader.Take('|'));
        return branches.Count == 1 ? branches[0] : new Alternation(branches);
    }

    private PatternNode Items(int depth)
    {
        var items = new List<PatternNode>();
        for (SkipBlanks(); !_reader.IsAtEnd && _reader.Peek() is not ('|' or ')'); SkipBlanks())
        {
            if (Item(depth) is { } item)
            {
                SkipBlanks();
                items.Add(Repeated(item));
            }
        }

        return items.Count == 1 ? items[0] : new Sequence(items);
    }

    /// <summary>The next part; null where it only sets options.</summary>
    private PatternNode? Item(int depth)
    {
        switch (_reader.Peek())
        {
            case '\\':
                return Escape();
            case '(':
                return Parenthesis(depth);
            case '[':
                _reader.Next();
                return new Characters(new CharacterSetParser(_reader, IgnoreCase).Parse());
            case '^':
                _reader.Next();
                return new Assertion(Has(Options.Multiline) ? AssertionKind.LineStart : AssertionKind.Start);
            case '$':
                _reader.Next();
                return new Assertion(Has(Options.Multiline) ? AssertionKind.LineEnd : AssertionKind.EndOrLastBreak);
            case '.':
                _reader.Next();
                return new Characters(Has(Options.Singleline) ? CharacterSet.Of("", isNegated: true) : CharacterSet.Of(@"\n", isNegated: true));
            default:
                return Character(_reader.Next());
        }
    }

    private PatternNode Character(char c)
    {
        if (char.IsHighSurrogate(c) && char.IsLowSurrogate(_reader.Peek()))
        {
            return new Literal(c.ToString() + _reader.Next());
        }

        if (char.IsSurrogate(c))
        {
            throw new NotInEcmaException("a single surrogate");
        }

        var set = new CharacterSet();
        if (!IgnoreCase)
        {
            return new Literal(EcmaText.OutsideClass(c));
        }

        set.AddRange(c, c, ignoreCase: true);
        return set.IsSingle ? new Literal(EcmaText.OutsideClass(c)) : new Characters(set);
    }

    private PatternNode Escape()
    {
        var kind = _reader.Peek(1);
        AssertionKind? assertion = kind switch
        {
            // Nothing was matched before: it goes on where it starts.
            'A' or 'G' => AssertionKind.Start,
            'z' => AssertionKind.End,
            'Z' => AssertionKind.EndOrLastBreak,
            'b' => AssertionKind.WordBoundary,
            'B' => AssertionKind.NoWordBoundary,
            _ => null,
        };
        if (assertion is null && "dDwWsSpPk123456789".IndexOf(kind) < 0)
        {
            return Character(_reader.Escape());
        }

        _reader.Next();
        if (assertion is { } known)
        {
            _reader.Next();
            return new Assertion(known);
        }

        if (char.IsDigit(kind))
        {
            return new BackReference(_reader.Digits());
        }

        _reader.Next();
        if (kind == 'k')
        {
            return new BackReference(_reader.Peek() switch
            {
                '<' => _reader.Name('<', '>'),
                '\'' => _reader.Name('\'', '\''),
                _ => _reader.Name('{', '}'),
            });
        }

        var set = new CharacterSet();
        new CharacterSetParser(_reader, IgnoreCase).AddShorthand(set, kind);
        return new Characters(set);
    }

    private PatternNode? Parenthesis(int depth)
    {
        _reader.Next();
        if (!_reader.Take('?'))
        {
            return Group(Has(Options.ExplicitCapture) ? null : Capturing(""), depth);
        }

        foreach (var opening in (string[])["=", "!", "<=", "<!"])
        {
            if (_reader.Take(opening))
            {
                return new Lookaround("(?" + opening, Content(depth));
            }
        }

        return _reader.Peek() switch
        {
            '<' => Group(Capturing(_reader.Name('<', '>')), depth),
            '\'' => Group(Capturing(_reader.Name('\'', '\'')), depth),
            '>' => throw new NotInEcmaException("a group that gives nothing back, (?>…)"),
            '(' => throw new NotInEcmaException("a condition, (?(…)…)"),
            _ => GroupWithOptions(depth),
        };
    }

    private Capture Capturing(string name)
    {
        if (name.IndexOf('-') >= 0)
        {
            throw new NotInEcmaException("a group that balances another, (?<a-b>…)");
        }

        var capture = new Capture(Captures.Count + 1, name);
        Captures.Add(capture);
        return capture;
    }

    private Group Group(Capture? capture, int depth) => new(Content(depth), capture);

    /// <summary>What comes before the closing parenthesis; options that are set in it end with it.</summary>
    private PatternNode Content(int depth)
    {
        var options = _options;
        var content = Alternatives(depth + 1);
        _reader.Next();
        _options = options;
        return content;
    }

    /// <summary>Of <c>(?i)</c> nothing is left but the options, which hold to the end of the group around it.</summary>
    private Group? GroupWithOptions(int depth)
    {
        var before = _options;
        var isOn = true;
        for (var c = _reader.Next(); c is not (':' or ')'); c = _reader.Next())
        {
            if (c is '+' or '-')
            {
                isOn = c == '+';
                continue;
            }

            var option = (Options)(1 << "imnsx".IndexOf(char.ToLowerInvariant(c)));
            _options = isOn ? _options | option : _options & ~option;
        }

        if (_reader.Before == ')')
        {
            return null;
        }

        var group = Group(capture: null, depth);
        _options = before;
        return group;
    }

    private PatternNode Repeated(PatternNode item)
    {
        var quantifier = Quantifier(out var mayBeNone);
        if (quantifier.Length == 0)
        {
            return item;
        }

        SkipBlanks();
        quantifier += _reader.Take('?') ? "?" : "";
        return item is Literal { Text.Length: 2 } pair && char.IsHighSurrogate(pair.Text[0])
            ? throw new NotInEcmaException("half a character beyond U+FFFF, repeated")
            : new Repetition(item, quantifier, mayBeNone);
    }

    /// <summary>The quantifier that comes next; empty where none does.</summary>
    private string Quantifier(out bool mayBeNone)
    {
        var c = _reader.Peek();
        mayBeNone = c is '*' or '?';
        if (c is '*' or '?' or '+')
        {
            return _reader.Next().ToString();
        }

        var length = 1;
        if (c != '{' || !IsDigits(ref length, out var isZero))
        {
            return "";
        }

        if (_reader.Peek(length) == ',')
        {
            length++;
            IsDigits(ref length, out _);
        }

        if (_reader.Peek(length) != '}')
        {
            return "";
        }

        mayBeNone = isZero;
        return _reader.Until('}') + "}";
    }

    private bool IsDigits(ref int ahead, out bool isZero)
    {
        var start = ahead;
        isZero = true;
        for (; _reader.Peek(ahead) is >= '0' and <= '9' and var digit; ahead++)
        {
            isZero &= digit == '0';
        }

        return ahead > start;
    }
}
