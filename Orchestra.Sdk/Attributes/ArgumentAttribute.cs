namespace Orchestra.Sdk;

/// <summary>Says how a parameter, or a member of its type, appears in a tool's JSON Schema.</summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Tell the weather of a day.&lt;/summary&gt;
/// [Tool(ReadOnly = true)]
/// public static string Weather([Argument(Name = "on", Description = "The day, today if it is left out.")] DateOnly? day = null) =&gt;
///     $"Nobody knows the weather of {day?.ToString("O") ?? "today"}.";
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ArgumentAttribute : Attribute
{
    /// <summary>
    /// The argument's name, 1 to 64 letters, digits, <c>_</c>, <c>.</c> and <c>-</c>; by default the parameter's.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What the argument means, for the model; by default the parameter's XML <c>param</c> text.</summary>
    public string? Description { get; set; }
}
