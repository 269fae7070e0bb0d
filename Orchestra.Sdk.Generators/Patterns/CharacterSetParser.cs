namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Reads what stands in brackets, step by step as .NET does: what is a range and what a subtraction depends on it.</summary>
internal readonly struct CharacterSetParser(PatternReader reader, bool ignoreCase)
{
    /// <summary>Reads from behind the opening bracket to behind the closing one.</summary>
    public CharacterSet Parse(int depth = 0)
    {
        if (depth > PatternParser.MaxDepth)
        {
            throw new NotInEcmaException("classes of such a depth");
        }

        var set = new CharacterSet { IsNegated = reader.Take('^') };
        char? rangeStart = null;
        for (var isFirst = true; isFirst || !reader.Take(']'); isFirst = false)
        {
            var isEscaped = reader.Peek() == '\\';
            if (isEscaped && rangeStart is null && AddShorthand(set))
            {
                continue;
            }

            if (!isEscaped && reader.IsAt("[:"))
            {
                throw new NotInEcmaException("a class such as [:alpha:]");
            }

            // An escaped dash begins no range.
            var isDash = reader.IsAt(@"\-");
            var c = isEscaped ? reader.Escape() : reader.Next();
            if (rangeStart is { } start)
            {
                rangeStart = null;
                if (c == '[' && !isEscaped)
                {
                    set.AddRange(start, start, ignoreCase);
                    set.Subtracted = Parse(depth + 1);
                }
                else
                {
                    set.AddRange(start, c, ignoreCase);
                }
            }
            else if (!isDash && reader.Peek() == '-' && reader.Peek(1) is not (']' or '\0'))
            {
                reader.Next();
                rangeStart = c;
            }
            else if (c == '-' && !isEscaped && !isFirst && reader.Peek() == '[')
            {
                reader.Next();
                set.Subtracted = Parse(depth + 1);
            }
            else
            {
                set.AddRange(c, c, ignoreCase);
            }
        }

        return set;
    }

    /// <summary>Adds \d and the like; false where another escape stands.</summary>
    private bool AddShorthand(CharacterSet set)
    {
        var kind = reader.Peek(1);
        if ("dDwWsSpP".IndexOf(kind) < 0)
        {
            return false;
        }

        reader.Next();
        reader.Next();
        AddShorthand(set, kind);
        return true;
    }

    /// <summary>Adds what the letter stands for, whose name, if it has one, comes next.</summary>
    public void AddShorthand(CharacterSet set, char kind)
    {
        switch (kind)
        {
            case 'd':
                set.Add(CharacterSet.Digits);
                break;
            case 'D':
                set.Add(@"\P{Nd}");
                break;
            case 'w':
                set.Add(CharacterSet.WordCharacters);
                break;
            case 'W':
                set.AddAllBut(CharacterSet.WordCharacters);
                break;
            case 's':
                set.Add(CharacterSet.WhiteSpace);
                break;
            case 'S':
                set.AddAllBut(CharacterSet.WhiteSpace);
                break;
            default:
                UnicodeSets.Add(set, reader.Name('{', '}'), isNegated: kind == 'P', ignoreCase);
                break;
        }
    }
}
