using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The manifest and the tool list in the forms that are sent.</summary>
internal static class ManifestConstants
{
    private const string Language = "csharp";

    /// <summary>What --manifest prints; the installer expects these keys in this order.</summary>
    public static Json.Object ManifestJson(PluginModel plugin)
    {
        var manifest = plugin.Manifest;
        var json = new Json.Object();
        json.Add("id", Json.Of(manifest.Id));
        json.Add("version", Json.Of(manifest.Version));
        json.Add("description", Json.Of(manifest.Description));
        json.Add("author", Json.Of(manifest.Author));
        json.Add("language", Json.Of(Language));
        json.Add("provides_tools", Json.OfStrings(plugin.Tools.Select(tool => tool.Name)));
        json.Add("provides_storage", Json.OfStrings(manifest.ProvidesStorage));
        json.Add("provides_transport", Json.OfStrings(manifest.ProvidesTransport));
        json.Add("provides_ai", Json.OfStrings(manifest.ProvidesAI));
        json.Add("provides_prompts", Json.OfStrings(plugin.Prompts.Select(prompt => prompt.Name)));
        json.Add("needs_storage", Json.OfStrings(manifest.NeedsStorage));
        json.Add("needs_ai", Json.OfStrings(manifest.NeedsAI));
        json.Add("needs_tools", Json.OfStrings(manifest.NeedsTools));
        return json;
    }

    /// <summary>A PluginManifest message.</summary>
    public static byte[] Manifest(PluginModel plugin)
    {
        var manifest = plugin.Manifest;
        var message = new ProtobufWriter();
        message.String(1, manifest.Id);
        message.String(2, manifest.Version);
        message.String(3, Language);
        message.Strings(4, plugin.Tools.Select(tool => tool.Name));
        message.Strings(6, manifest.ProvidesStorage);
        message.Strings(7, manifest.ProvidesTransport);
        message.Strings(8, manifest.ProvidesAI);
        message.Strings(9, manifest.NeedsStorage);
        message.Strings(10, manifest.NeedsEvents.Concat(Topics(plugin)).Distinct());
        message.Strings(11, manifest.NeedsAI);
        message.Strings(12, manifest.NeedsTools);
        message.String(13, manifest.Description);
        message.String(14, manifest.Author);
        message.Strings(18, plugin.Prompts.Select(prompt => prompt.Name));
        return message.ToArray();
    }

    /// <summary>One entry of a ListToolsResponse message, its tag included: the entries of all tools in a row are the message.</summary>
    public static byte[] Tool(ToolModel tool, SchemaBuilder schemas)
    {
        var message = new ProtobufWriter();
        message.Message(1, definition =>
        {
            definition.String(1, tool.Name);
            definition.String(2, tool.Description);
            definition.Message(3, schema => schema.Struct(schemas.Arguments(tool)));
        });
        return message.ToArray();
    }

    /// <summary>The same with the schema of the tool's result; null where there is none.</summary>
    public static byte[]? Result(ToolModel tool, SchemaBuilder schemas)
    {
        if (schemas.Result(tool.Return) is not { } result)
        {
            return null;
        }

        var message = new ProtobufWriter();
        message.Message(1, definition =>
        {
            definition.String(1, tool.Name);
            definition.Message(3, schema => schema.Struct(result));
        });
        return message.ToArray();
    }

    /// <summary>One entry of a ListPromptsResponse message, its tag included.</summary>
    public static byte[] Prompt(PromptModel prompt)
    {
        var message = new ProtobufWriter();
        message.Message(1, definition =>
        {
            definition.String(1, prompt.Name);
            definition.String(2, prompt.Description);
            foreach (var property in prompt.Parameters.Select(parameter => parameter.Property).OfType<PropertyModel>())
            {
                definition.Message(3, argument =>
                {
                    argument.String(1, property.Name);
                    argument.String(2, SchemaKeywords.Describe(property));
                    argument.Boolean(3, property.IsRequired);
                });
            }
        });
        return message.ToArray();
    }

    private static IEnumerable<string> Topics(PluginModel plugin) =>
        plugin.Events.SelectMany(handler => handler.Subscriptions).Select(subscription => subscription.Topic);
}
