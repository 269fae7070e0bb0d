using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Composes descriptions.</summary>
internal static class Sentences
{
    /// <summary>The description with a remark after it.</summary>
    public static string Join(string description, string remark)
    {
        if (description.Length == 0 || remark.Length == 0)
        {
            return description + remark;
        }

        // What comes after a list is no part of its last item.
        if (description.IndexOf('\n') >= 0 || description.StartsWith("- ", System.StringComparison.Ordinal))
        {
            return $"{description}\n{Capital(remark)}.";
        }

        var isSentence = description[description.Length - 1] is '.' or '!' or '?';
        return isSentence
            ? $"{description} {Capital(remark)}."
            : $"{description} ({remark})";
    }

    /// <summary>The description with what the names mean of which that is told.</summary>
    public static string WithMeanings(string description, IEnumerable<EnumMember> members)
    {
        var lines = members.Where(member => member.Description.Length > 0)
            .Select(member => $"- {member.Name}: {member.Description.Replace("\n", " ")}");
        return string.Join("\n", (description.Length > 0 ? new[] { description } : []).Concat(lines));
    }

    /// <summary>What stands for an argument that is not given.</summary>
    public static string Default(DefaultModel value) => "default " + SchemaKeywords.Default(value);

    /// <summary>The bounds that exclude themselves; empty where there are none.</summary>
    public static string ExclusiveBounds(Constraints constraints)
    {
        var above = constraints is { Minimum: { } minimum, MinimumIsExclusive: true } ? "more than " + minimum : "";
        var below = constraints is { Maximum: { } maximum, MaximumIsExclusive: true } ? "less than " + maximum : "";
        return above + (above.Length > 0 && below.Length > 0 ? " and " : "") + below;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    /// <summary>How long a text or the like must be; empty where any length will do.</summary>
    public static string Lengths(Constraints constraints, string unit)
    {
        var (minimum, maximum) = (constraints.MinLength ?? 0, constraints.MaxLength);
        var amount = maximum is null ? minimum == 0 ? "" : $"at least {minimum}"
            : minimum == maximum ? $"exactly {maximum}"
            : minimum == 0 ? $"at most {maximum}"
            : $"{minimum} to {maximum}";
        return amount.Length == 0 ? "" : $"{amount} {unit}{((maximum ?? minimum) == 1 ? "" : "s")}";
    }
}
