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
}
