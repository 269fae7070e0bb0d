using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

public sealed partial class ArgumentReader
{
    /// <summary>Finds an argument that may be left out, and for which <c>null</c> is a value.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>False when it is absent.</returns>
    public bool FindOrNull(string name, out Argument argument)
    {
        bool isGiven = TryGet(name, out Value? value);
        argument = isGiven ? new Argument(_call, name, value!) : default;
        return isGiven;
    }

    /// <summary>Finds an argument that may be left out, and that is no string: an empty one is as good as none.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>False when it is absent, <c>null</c> or an empty string.</returns>
    public bool FindNotEmpty(string name, out Argument argument) => Find(name, out argument) && !IsLeftEmpty(name, ref argument);

    /// <summary>
    /// Finds an argument that may be left out, for which <c>null</c> is a value, and that is no string: an empty one is as good as none.
    /// </summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>False when it is absent or an empty string.</returns>
    public bool FindNotEmptyOrNull(string name, out Argument argument) =>
        FindOrNull(name, out argument) && !IsLeftEmpty(name, ref argument);

    private bool IsLeftEmpty(string name, ref Argument argument)
    {
        if (_call.IsStrict || !argument.IsEmptyString)
        {
            return false;
        }

        _call.Tolerate(name, Tolerance.EmptyForAbsent);
        argument = default;
        return true;
    }
}
