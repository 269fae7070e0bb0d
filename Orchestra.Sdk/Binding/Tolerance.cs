namespace Orchestra.Sdk.Binding;

/// <summary>The forms of an argument that models send by mistake and that are taken nevertheless.</summary>
internal enum Tolerance
{
    /// <summary>The argument's name in the wrong case.</summary>
    NameInWrongCase,

    /// <summary>A number or a boolean as a string.</summary>
    ScalarAsString,

    /// <summary>An array as a string of JSON.</summary>
    ArrayAsString,

    /// <summary>An object as a string of JSON.</summary>
    ObjectAsString,

    /// <summary>A number where a string of digits is asked for.</summary>
    NumberForDigits,

    /// <summary>A number or a boolean where a string is asked for.</summary>
    ScalarForString,

    /// <summary>A single item where an array is asked for.</summary>
    ItemForArray,

    /// <summary>The names of flags in one string, with commas between them.</summary>
    FlagsAsString,

    /// <summary>An empty string for what may be left out and is no string.</summary>
    EmptyForAbsent,
}
