using System.ComponentModel;
using System.Text;
using Google.Protobuf;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// An encoded protobuf message as a constant of generated code: a string each of whose characters, U+0000 to U+00FF, stands for one
/// byte. The compiler takes a string literal as it is, where it looks at every element of an array of bytes: with a thousand tools
/// that is seconds of every build.
/// </summary>
/// <param name="text">The string.</param>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EncodedMessage(string text)
{
    private readonly string? _text = text;

    /// <summary>How many bytes the message has.</summary>
    internal int Length => _text?.Length ?? 0;

    /// <summary>Whether it is the very same constant, so that what was made of that one holds for this one.</summary>
    internal bool IsSameAs(EncodedMessage other) => ReferenceEquals(_text, other._text);

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    internal void CopyTo(Span<byte> destination) => Encoding.Latin1.GetBytes(_text ?? "", destination);

    /// <summary>The bytes.</summary>
    /// <returns>A new array.</returns>
    internal byte[] ToArray() => Encoding.Latin1.GetBytes(_text ?? "");

    // To a reader, one message after the other is one message with the fields of both.
    internal EncodedMessage Append(IMessage more) => new(string.Concat(_text, Encoding.Latin1.GetString(more.ToByteArray())));
}
