namespace Orchestra.Sdk;

/// <summary>How a plugin makes its names; null where it does not say so.</summary>
/// <param name="Arguments">Those of parameters and members.</param>
/// <param name="Enums">Those of the members of enums.</param>
internal readonly record struct PluginNaming(NamingPolicy? Arguments, NamingPolicy? Enums)
{
    public static PluginNaming Of(PluginDefinition definition) => new(definition.ArgumentNames, definition.EnumNames);
}
