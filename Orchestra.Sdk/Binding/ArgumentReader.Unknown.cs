using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

public sealed partial class ArgumentReader
{
    private int CountGiven(ReadOnlySpan<string> names)
    {
        int count = 0;
        foreach (string name in names)
        {
            count += _given!.ContainsKey(name) ? 1 : 0;
        }

        return count;
    }

    private void NoteUnknown(ReadOnlySpan<string> names)
    {
        using var given = new GivenArguments(_given!);
        foreach ((string key, Value _) in given.Span)
        {
            if (names.Contains(key) || IsTaken(key))
            {
                continue;
            }

            if (_faults.HasRoom)
            {
                _faults.Add(ArgumentPath.Step(key), "unknown argument" + WhatInstead(key, names));
            }
            else
            {
                _faults.Skip();
            }
        }
    }

    private string WhatInstead(string key, ReadOnlySpan<string> names)
    {
        // A name that was given already is not what was meant.
        string[] missing = new string[names.Length];
        int count = 0;
        foreach (string name in names)
        {
            if (!_given!.ContainsKey(name) && _renamed?.Exists(renamed => renamed.Name == name) is not true)
            {
                missing[count++] = name;
            }
        }

        if (NameDistance.FindNearest(key, missing.AsSpan(0, count)) is { } near)
        {
            return $", did you mean {ValueText.Quote(near)}?";
        }

        return names.IsEmpty ? "; the tool takes none" : $"; the tool takes {ValueText.List(names)}";
    }
}
