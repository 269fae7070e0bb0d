using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Sdk;

/// <summary>
/// A value that may be absent, which is not the same as <see langword="null"/>: of a change it tells "clear the date"
/// (<c>Optional&lt;DateOnly?&gt;</c> with a <see langword="null"/>) from "leave it" (absent). It is for parameters of tools and prompts and
/// for members of types; its schema is that of <typeparamref name="T"/>, not required. In a result an absent member is left out.
/// </summary>
/// <typeparam name="T">
/// The type of the value. Only where it is nullable is <see langword="null"/> a value; else a <c>null</c> that is sent counts as absent.
/// </typeparam>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Change a task; what is left out stays as it is.&lt;/summary&gt;
/// /// &lt;param name="id"&gt;Its number.&lt;/param&gt;
/// /// &lt;param name="due"&gt;The day by which it is to be done; null for none.&lt;/param&gt;
/// [Tool]
/// public static string ChangeTask(int id, Optional&lt;DateOnly?&gt; due) =&gt; due switch
/// {
///     { HasValue: false } =&gt; $"{id} stays as it is.",
///     { Value: null } =&gt; $"{id} is due any day.",
///     { Value: { } day } =&gt; $"{id} is due on {day:O}.",
/// };
/// </code>
/// </example>
public readonly struct Optional<T> : IEquatable<Optional<T>>
{
    private readonly T _value;

    /// <summary>Makes one that is given.</summary>
    /// <param name="value">The value.</param>
    public Optional(T value)
    {
        _value = value;
        HasValue = true;
    }

    /// <summary>Whether a value was given, <see langword="null"/> included.</summary>
    public bool HasValue { get; }

    /// <summary>The value that was given.</summary>
    /// <exception cref="InvalidOperationException">None was given.</exception>
    public T Value => HasValue ? _value : throw new InvalidOperationException("No value was given: look at HasValue first.");

    /// <summary>Makes one that is given.</summary>
    /// <param name="value">The value.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Optional<T>(T value) => new(value);

    /// <summary>Whether both are absent, or both have equal values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Optional<T> left, Optional<T> right) => left.Equals(right);

    /// <summary>Whether only one is absent, or the values differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Optional<T> left, Optional<T> right) => !left.Equals(right);

    /// <summary>The value that was given, or another where none was.</summary>
    /// <param name="fallback">The other.</param>
    /// <returns>The value.</returns>
    public T Or(T fallback) => HasValue ? _value : fallback;

    /// <inheritdoc/>
    public bool Equals(Optional<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Optional<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HasValue, _value);

    /// <summary>The text of the value; empty where none was given.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => HasValue ? $"{_value}" : "";
}
