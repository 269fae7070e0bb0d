using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The types that the members of one plugin class read and write.</summary>
internal sealed class PluginTypes(ParseContext context, SchemaProfile profile)
{
    public ParseContext Context => context;

    public SchemaProfile Profile => profile;

    public TypeParser Inputs { get; } = new(context, isInput: true);

    public TypeParser Outputs { get; } = new(context, isInput: false);
}
