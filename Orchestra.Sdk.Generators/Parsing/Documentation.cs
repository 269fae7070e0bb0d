using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Gives the types of a plugin the descriptions that stand in documentation files.</summary>
internal sealed class Documentation
{
    private readonly Dictionary<(string Assembly, string Member), DocumentationComment> _comments = [];

    private Documentation(IEnumerable<MemberComment> comments)
    {
        foreach (var comment in comments)
        {
            _comments[(comment.Assembly, comment.Member)] = DocumentationComment.Parse(comment.Xml);
        }
    }

    /// <summary>Where descriptions may stand.</summary>
    public static IEnumerable<CommentReference> References(PluginModel plugin) => OfTypes(plugin)
        .Concat(plugin.Tools.SelectMany(tool => tool.Comments.Concat(OfParameters(tool.Parameters))))
        .Concat(plugin.Prompts.SelectMany(prompt => prompt.Comments.Concat(OfParameters(prompt.Parameters))));

    private static IEnumerable<CommentReference> OfTypes(PluginModel plugin) => Types(plugin)
        .SelectMany(type => type is ObjectDefinition members
            ? type.Comments.Concat(members.Members.SelectMany(member => member.Property.Comments))
            : type.Comments);

    /// <summary>The plugin with all that the comments say of it.</summary>
    public static PluginModel Complete(PluginModel plugin, EquatableArray<MemberComment> comments)
    {
        if (!References(plugin).Any())
        {
            return plugin;
        }

        var documentation = new Documentation(comments);
        return plugin with
        {
            Tools = new EquatableArray<ToolModel>(plugin.Tools.Select(documentation.Complete)),
            Prompts = new EquatableArray<PromptModel>(plugin.Prompts.Select(documentation.Complete)),
            Types = new TypeTable(
                new EquatableArray<TypeDefinition>(plugin.Types.Inputs.Select(documentation.Complete)),
                new EquatableArray<TypeDefinition>(plugin.Types.Outputs.Select(documentation.Complete))),
        };
    }

    private static IEnumerable<TypeDefinition> Types(PluginModel plugin) => plugin.Types.Inputs.Concat(plugin.Types.Outputs);

    private TypeDefinition Complete(TypeDefinition type)
    {
        var described = type with { Description = Find(type.Comments) ?? type.Description, Comments = default };
        return described is ObjectDefinition members
            ? members with { Members = new EquatableArray<MemberModel>(members.Members.Select(Complete)) }
            : described;
    }

    private ToolModel Complete(ToolModel tool) => tool with
    {
        Description = Find(tool.Comments) ?? tool.Description,
        Comments = default,
        Parameters = Complete(tool.Parameters),
    };

    private PromptModel Complete(PromptModel prompt) => prompt with
    {
        Description = Find(prompt.Comments) ?? prompt.Description,
        Comments = default,
        Parameters = Complete(prompt.Parameters),
    };

    private EquatableArray<ParameterModel> Complete(EquatableArray<ParameterModel> parameters) => new(parameters.Select(parameter =>
        parameter.Property is { } property ? parameter with { Property = Complete(property) } : parameter));

    private MemberModel Complete(MemberModel member) => member with { Property = Complete(member.Property) };

    private PropertyModel Complete(PropertyModel property) =>
        property with { Description = Find(property.Comments) ?? property.Description, Comments = default };

    private static IEnumerable<CommentReference> OfParameters(EquatableArray<ParameterModel> parameters) =>
        parameters.SelectMany(parameter => parameter.Property is { } property ? property.Comments : default);

    private string? Find(EquatableArray<CommentReference> references)
    {
        foreach (var reference in references)
        {
            if (_comments.TryGetValue((reference.Assembly, reference.Member), out var comment)
                && comment.Text(reference.Element, reference.Name) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }
}
