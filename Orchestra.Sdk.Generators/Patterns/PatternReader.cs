using System;
using System.Globalization;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Reads the characters of an expression that .NET takes; behind its end there are NULs.</summary>
internal sealed class PatternReader(string pattern)
{
    private int _position;

    public bool IsAtEnd => _position >= pattern.Length;

    public char Peek(int ahead = 0) => _position + ahead < pattern.Length ? pattern[_position + ahead] : '\0';

    public bool IsAt(string text) => string.CompareOrdinal(pattern, _position, text, 0, text.Length) == 0;

    /// <summary>What was taken last.</summary>
    public char Before => pattern[_position - 1];

    public char Next() => IsAtEnd ? throw new NotInEcmaException("an expression that ends in the middle") : pattern[_position++];

    public bool Take(char c)
    {
        var isThere = !IsAtEnd && Peek() == c;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    public bool Take(string text)
    {
        var isThere = IsAt(text);
        _position += isThere ? text.Length : 0;
        return isThere;
    }

    /// <summary>What stands between two delimiters.</summary>
    public string Name(char opening, char closing)
    {
        if (!Take(opening))
        {
            throw new NotInEcmaException("an expression that ends in the middle");
        }

        return Until(closing);
    }

    /// <summary>What comes before a character, which is taken too.</summary>
    public string Until(char end)
    {
        var length = Math.Max(pattern.IndexOf(end, Math.Min(_position, pattern.Length)) - _position, 0);
        var text = pattern.Substring(_position, length);
        _position += length;
        Next();
        return text;
    }

    /// <summary>The digits that come next.</summary>
    public string Digits()
    {
        var start = _position;
        while (Peek() is >= '0' and <= '9')
        {
            _position++;
        }

        return pattern.Substring(start, _position - start);
    }

    /// <summary>Skips comments, and with <paramref name="spaces"/> white space and comments to the end of the line.</summary>
    public void SkipBlanks(bool spaces)
    {
        while (true)
        {
            if (spaces && Peek() is ' ' or (>= '\t' and <= '\r'))
            {
                _position++;
            }
            else if (Take("(?#"))
            {
                Until(')');
            }
            else if (spaces && Take('#'))
            {
                while (!IsAtEnd && Peek() != '\n')
                {
                    _position++;
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The character that an escape, whose backslash is next, stands for.</summary>
    public char Escape()
    {
        Next();
        var c = Next();
        switch (c)
        {
            case >= '0' and <= '7':
                _position--;
                return (char)(Convert.ToInt32(Taken(OctalDigits()), 8) & 0xFF);
            case 'x':
                return Hex(2);
            case 'u':
                return Hex(4);
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'e':
                return '\u001b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'c':
                return (char)(char.ToUpperInvariant(Next()) - '@');
            default:
                return c;
        }
    }

    private int OctalDigits()
    {
        var count = 0;
        while (count < 3 && Peek(count) is >= '0' and <= '7')
        {
            count++;
        }

        return count;
    }

    private char Hex(int count) =>
        (char)int.Parse(Taken(count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private string Taken(int count)
    {
        var text = pattern.Substring(_position, count);
        _position += count;
        return text;
    }
}
