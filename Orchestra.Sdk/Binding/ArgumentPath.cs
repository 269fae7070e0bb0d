using System.Globalization;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

/// <summary>The steps of a path such as <c>arguments.items[2].price</c>. They are written only when there is a fault.</summary>
internal static class ArgumentPath
{
    /// <summary>The name of what is no part of anything, which adds nothing to a path.</summary>
    public static readonly string Root = new('\0', 1);

    public static string Step(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>A member: <c>.name</c>, or <c>["a name"]</c> for what a peer may have thought up.</summary>
    public static string Step(string name) => ReferenceEquals(name, Root) ? "" : IsPlain(name) ? "." + name : $"[{ValueText.Quote(name)}]";

    private static bool IsPlain(string name)
    {
        if (name.Length is 0 or > 64)
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
