namespace Orchestra.Sdk;

/// <summary>
/// Implemented by the generated half of a <see cref="PluginAttribute">[Plugin]</see> class; not meant to be implemented by hand.
/// </summary>
/// <typeparam name="TSelf">The plugin class itself.</typeparam>
public interface IPlugin<TSelf>
    where TSelf : class, IPlugin<TSelf>
{
    /// <summary>What the generator made of the class.</summary>
    static abstract PluginDefinition<TSelf> Definition { get; }
}
