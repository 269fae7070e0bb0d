using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

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

        return _parent?.Discriminator is { } discriminator && _given!.ContainsKey(discriminator) ? count + 1 : count;
    }

    private void NoteUnknown(ReadOnlySpan<string> names)
    {
        if (_given is null || _takesUnknown || _call.IgnoresUnknown || _given.Count == CountGiven(names))
        {
            return;
        }

        using var given = new GivenArguments(_given!);
        foreach ((string key, Value _) in given.Span)
        {
            if (names.Contains(key) || key == _parent?.Discriminator || IsTaken(key))
            {
                continue;
            }

            if (_call.Faults.HasRoom)
            {
                _call.Faults.Add(ArgumentPath.Step(key), (_parent is null ? "unknown argument" : "unknown member") + WhatInstead(key, names));
            }
            else
            {
                _call.Faults.Skip();
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

        string whole = _parent is null ? $"the {_call.What} takes" : "the object has";
        return names.IsEmpty ? $"; {whole} none" : $"; {whole} {ValueText.List(names)}";
    }
}
