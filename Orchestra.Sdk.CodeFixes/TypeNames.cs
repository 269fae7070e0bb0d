using System;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>Names of types, as short as the usings at a place allow.</summary>
internal static class TypeNames
{
    public static string Type(string metadataName, SemanticModel model, int position) =>
        model.Compilation.GetTypeByMetadataName(metadataName)?.ToMinimalDisplayString(model, position) ?? metadataName;

    public static string Attribute(string metadataName, SemanticModel model, int position)
    {
        const string Suffix = "Attribute";
        var name = Type(metadataName, model, position);
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }
}
