namespace Orchestra.Sdk;

/// <summary>How names in JSON are made of those in C#, where no attribute says the name.</summary>
public enum NamingPolicy
{
    /// <summary><c>ProjectId</c> becomes <c>projectId</c>.</summary>
    CamelCase,

    /// <summary><c>ProjectId</c> stays <c>ProjectId</c>.</summary>
    AsWritten,

    /// <summary><c>ProjectId</c> becomes <c>project_id</c>.</summary>
    SnakeCase,

    /// <summary><c>ProjectId</c> becomes <c>project-id</c>.</summary>
    KebabCase,
}
