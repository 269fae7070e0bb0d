namespace Orchestra.Sdk;

/// <summary>Which of JSON Schema's keywords the schemas of a plugin's tools use.</summary>
public enum SchemaProfile
{
    /// <summary>Those that every client takes.</summary>
    Portable,

    /// <summary>
    /// Those of OpenAI's strict mode: every member is required, those that may be left out may be <c>null</c>, and no others are
    /// allowed.
    /// </summary>
    OpenAIStrict,

    /// <summary>All that say something: also <c>format</c>, <c>default</c>, <c>not</c>, <c>null</c> and <c>additionalProperties</c>.</summary>
    Full,
}
