namespace Orchestra.Sdk;

/// <summary>Says how a parameter, or a member of its type, appears in a tool's JSON Schema.</summary>
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
