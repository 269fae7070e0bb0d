using System.ComponentModel;

namespace Orchestra.Sdk;

/// <summary>The texts that an argument of a prompt may be, where they are few: the names of an enum. Made by generated code.</summary>
/// <param name="prompt">The prompt's name.</param>
/// <param name="argument">The argument's name.</param>
/// <param name="values">The texts, in the order in which they are shown.</param>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptChoices(string prompt, string argument, params string[] values)
{
    /// <summary>The prompt's name.</summary>
    internal string Prompt { get; } = prompt;

    /// <summary>The argument's name.</summary>
    internal string Argument { get; } = argument;

    /// <summary>The texts.</summary>
    internal IReadOnlyList<string> Values { get; } = values;
}
