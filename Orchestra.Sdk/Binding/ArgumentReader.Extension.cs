using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

public sealed partial class ArgumentReader
{
    /// <summary>
    /// Takes the members that the type has no names for, which are then no fault. It is called after all others were looked for: a name
    /// in the wrong case is not among these.
    /// </summary>
    /// <param name="extension">An object of these members.</param>
    /// <param name="names">The names of all the members that the type has.</param>
    /// <returns>False when there are none.</returns>
    public bool FindExtension(out Argument extension, params ReadOnlySpan<string> names)
    {
        _takesUnknown = true;
        var members = new Struct();
        foreach ((string name, Value value) in _given ?? [])
        {
            if (!names.Contains(name) && name != _parent?.Discriminator && !IsTaken(name))
            {
                members.Fields.Add(name, value);
            }
        }

        extension = new Argument(_call, ArgumentPath.Root, Value.ForStruct(members));
        return members.Fields.Count > 0;
    }
}
