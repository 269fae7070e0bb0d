namespace Orchestra.Sdk.Generators.Model;

/// <summary>The values of the SDK's enum of that name.</summary>
internal enum NamingPolicy
{
    CamelCase,
    AsWritten,
    SnakeCase,
    KebabCase,
}
