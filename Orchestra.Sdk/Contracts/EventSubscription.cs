using System.ComponentModel;

namespace Orchestra.Sdk;

/// <summary>Which events a method of a plugin class wants. Made by generated code.</summary>
/// <param name="topic">The topic.</param>
/// <param name="filters">Fields of the payload and the strings that they must be.</param>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventSubscription(string topic, params (string Field, string Value)[] filters)
{
    /// <summary>The topic.</summary>
    internal string Topic { get; } = topic;

    /// <summary>Fields of the payload and the strings that they must be.</summary>
    internal IReadOnlyList<(string Field, string Value)> Filters { get; } = filters;
}
