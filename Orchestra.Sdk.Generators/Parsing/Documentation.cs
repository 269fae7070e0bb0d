using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Gives a plugin the descriptions that stand in documentation files.</summary>
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
    public static IEnumerable<CommentReference> References(PluginModel plugin)
    {
        foreach (var tool in plugin.Tools)
        {
            foreach (var reference in tool.Comments.Concat(tool.Return.Comments).Concat(References(tool.Parameters)))
            {
                yield return reference;
            }
        }

        foreach (var prompt in plugin.Prompts)
        {
            foreach (var reference in prompt.Comments.Concat(References(prompt.Parameters)))
            {
                yield return reference;
            }
        }

        foreach (var type in plugin.Types.Inputs.Concat(plugin.Types.Outputs))
        {
            foreach (var reference in type.Comments.Concat(type switch
            {
                ObjectDefinition members => members.Members.SelectMany(member => member.Property.Comments),
                EnumDefinition names => names.Members.SelectMany(member => member.Comments),
                _ => [],
            }))
            {
                yield return reference;
            }
        }
    }

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

    private static IEnumerable<CommentReference> References(EquatableArray<ParameterModel> parameters) =>
        parameters.SelectMany(parameter => parameter.Property?.Comments ?? default);

    private ToolModel Complete(ToolModel tool) => tool with
    {
        Description = Find(tool.Comments) ?? tool.Description,
        Comments = default,
        Parameters = Complete(tool.Parameters),
        Return = tool.Return with { Description = Find(tool.Return.Comments) ?? tool.Return.Description, Comments = default },
    };

    private PromptModel Complete(PromptModel prompt) => prompt with
    {
        Description = Find(prompt.Comments) ?? prompt.Description,
        Comments = default,
        Parameters = Complete(prompt.Parameters),
    };

    private EquatableArray<ParameterModel> Complete(EquatableArray<ParameterModel> parameters) => new(parameters.Select(parameter =>
        parameter.Property is { } property ? parameter with { Property = Complete(property) } : parameter));

    private TypeDefinition Complete(TypeDefinition type)
    {
        var described = type with { Description = Find(type.Comments) ?? type.Description, Comments = default };
        return described switch
        {
            ObjectDefinition members => members with { Members = new EquatableArray<MemberModel>(members.Members.Select(Complete)) },
            EnumDefinition names => names with { Members = new EquatableArray<EnumMember>(names.Members.Select(Complete)) },
            _ => described,
        };
    }

    private MemberModel Complete(MemberModel member) => member with { Property = Complete(member.Property) };

    private PropertyModel Complete(PropertyModel property) =>
        property with { Description = Find(property.Comments) ?? property.Description, Comments = default };

    private EnumMember Complete(EnumMember member) =>
        member with { Description = Find(member.Comments) ?? member.Description, Comments = default };

    private string? Find(EquatableArray<CommentReference> references)
    {
        foreach (var reference in references)
        {
            if (Counts(reference) && Comment(reference)?.Text(reference.Element, reference.Name) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private bool Counts(CommentReference reference) => reference.Heir is not { } heir
        || (Counts(heir) && Comment(heir)?.Inherited(heir.Element, heir.Name) is not null);

    private DocumentationComment? Comment(CommentReference reference) =>
        _comments.TryGetValue((reference.Assembly, reference.Member), out var comment) ? comment : null;
}
