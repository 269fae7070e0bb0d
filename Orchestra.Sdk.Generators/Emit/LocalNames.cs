using System.Collections.Generic;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>
/// Names for what one generated method declares: C# lets no two locals or parameters of a method, those of its lambdas included, have the
/// same. All end in a number, so that those with a fixed name, which do not, are never met; what a user wrote is always qualified.
/// </summary>
internal sealed class LocalNames
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>A name of its own.</summary>
    /// <param name="stem">What it is for, such as <c>item</c>.</param>
    public string Next(string stem)
    {
        _counts.TryGetValue(stem, out var count);
        _counts[stem] = count + 1;
        return stem + Literals.Of(count);
    }
}
