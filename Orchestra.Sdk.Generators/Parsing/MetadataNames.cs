namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Full names of the types that the parser knows.</summary>
internal static class MetadataNames
{
    public const string Plugin = "Orchestra.Sdk.IPlugin";
    public const string PluginAttribute = "Orchestra.Sdk.PluginAttribute";
    public const string ToolAttribute = "Orchestra.Sdk.ToolAttribute";
    public const string StreamingToolAttribute = "Orchestra.Sdk.StreamingToolAttribute";
    public const string PromptAttribute = "Orchestra.Sdk.PromptAttribute";
    public const string OnEventAttribute = "Orchestra.Sdk.OnEventAttribute";
    public const string ArgumentAttribute = "Orchestra.Sdk.ArgumentAttribute";
    public const string FromServicesAttribute = "Orchestra.Sdk.FromServicesAttribute";
    public const string WrittenTypeAttribute = "Orchestra.Sdk.Binding.WrittenTypeAttribute";
    public const string ReadTypeAttribute = "Orchestra.Sdk.Binding.ReadTypeAttribute";
    public const string ToolContext = "Orchestra.Sdk.ToolContext";
    public const string PromptContext = "Orchestra.Sdk.PromptContext";
    public const string EventContext = "Orchestra.Sdk.EventContext";
    public const string EventDelivery = "Orchestra.Sdk.Messages.EventDelivery";
    public const string PromptMessage = "Orchestra.Sdk.Messages.PromptMessage";
    public const string PromptGetResponse = "Orchestra.Sdk.Messages.PromptGetResponse";
    public const string ToolResult = "Orchestra.Sdk.ToolResult";
    public const string ToolResponse = "Orchestra.Sdk.Messages.ToolResponse";

    public const string JsonElement = "System.Text.Json.JsonElement";
    public const string Struct = "Google.Protobuf.WellKnownTypes.Struct";

    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
    public const string Progress = "System.IProgress";
    public const string AsyncEnumerable = "System.Collections.Generic.IAsyncEnumerable";

    public const string Description = "System.ComponentModel.DescriptionAttribute";
    public const string Obsolete = "System.ObsoleteAttribute";
    public const string Flags = "System.FlagsAttribute";
    public const string InformationalVersion = "System.Reflection.AssemblyInformationalVersionAttribute";
    public const string EnumMemberName = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";

    public const string DisplayName = "System.ComponentModel.DisplayNameAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonInclude = "System.Text.Json.Serialization.JsonIncludeAttribute";
    public const string JsonExtensionData = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    public const string JsonRequired = "System.Text.Json.Serialization.JsonRequiredAttribute";
    public const string JsonConstructor = "System.Text.Json.Serialization.JsonConstructorAttribute";
    public const string JsonPolymorphic = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";

    public const string Required = "System.ComponentModel.DataAnnotations.RequiredAttribute";
    public const string DataAnnotations = "System.ComponentModel.DataAnnotations";
}
