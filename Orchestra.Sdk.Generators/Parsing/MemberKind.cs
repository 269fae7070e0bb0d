using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What differs between the methods of a plugin in messages and in what is injected.</summary>
/// <param name="word">Such as <c>tool</c>.</param>
/// <param name="article">Such as <c>a</c>.</param>
/// <param name="contextType">The type of the context that is injected.</param>
internal sealed class MemberKind(string word, string article, string contextType)
{
    public static readonly MemberKind Tool = new("tool", "a", MetadataNames.ToolContext);
    public static readonly MemberKind Prompt = new("prompt", "a", MetadataNames.PromptContext);
    public static readonly MemberKind EventHandler = new("event handler", "an", MetadataNames.EventContext);

    public string Word => word;

    public string WordWithArticle => article + " " + word;

    public string ContextType => contextType;

    /// <summary>What an attribute makes of its method; null when it is none of a plugin's.</summary>
    public static MemberKind? Of(AttributeData attribute) => attribute.AttributeClass switch
    {
        var type when type.Is(MetadataNames.ToolAttribute) || type.Is(MetadataNames.StreamingToolAttribute) => Tool,
        var type when type.Is(MetadataNames.PromptAttribute) => Prompt,
        var type when type.Is(MetadataNames.OnEventAttribute) => EventHandler,
        _ => null,
    };
}
