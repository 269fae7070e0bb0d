namespace Orchestra.Sdk;

/// <summary>A form in which a plugin describes itself.</summary>
public enum DescriptionFormat
{
    /// <summary>One JSON document, for programs.</summary>
    Json,

    /// <summary>A page of Markdown, for people.</summary>
    Markdown,
}
