using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Where an answer has the value that a tool has returned.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum AnswerForm
{
    /// <summary>In <c>text</c>.</summary>
    Text,

    /// <summary>In <c>data</c>.</summary>
    Data,

    /// <summary>The members of the answer are those of the value.</summary>
    Members,
}
