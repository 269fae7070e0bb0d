namespace Orchestra.Sdk.Generators.Model;

/// <summary>The values of the SDK's enum of that name.</summary>
internal enum SchemaProfile
{
    Portable,
    OpenAIStrict,
    Full,
}
