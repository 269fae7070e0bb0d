using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Text;

/// <summary>What plugins answer, as JSON on one line, with the field names of the protocol.</summary>
internal static class AnswerJson
{
    /// <summary>What a tool answered: its result, or its error.</summary>
    public static string Format(ToolResponse answer)
    {
        if (answer.Success)
        {
            return JsonText.Format(answer.Result ?? new Struct());
        }

        var error = new Struct();
        error.Fields.Add("error_code", Value.ForString(answer.ErrorCode));
        error.Fields.Add("error_message", Value.ForString(answer.ErrorMessage));
        return JsonText.Format(error);
    }

    /// <summary>A list of tools.</summary>
    public static string Format(ListToolsResponse answer)
    {
        var tools = new List<Value>();
        foreach (ToolDefinition definition in answer.Tools)
        {
            var tool = new Struct();
            tool.Fields.Add("name", Value.ForString(definition.Name));
            tool.Fields.Add("description", Value.ForString(definition.Description));
            tool.Fields.Add("input_schema", Value.ForStruct(definition.InputSchema ?? new Struct()));
            tools.Add(Value.ForStruct(tool));
        }

        var list = new Struct();
        list.Fields.Add("tools", Value.ForList([.. tools]));
        return JsonText.Format(list);
    }

    /// <summary>A prompt.</summary>
    public static string Format(PromptGetResponse answer)
    {
        var messages = new List<Value>();
        foreach (PromptMessage item in answer.Messages)
        {
            var content = new Struct();
            content.Fields.Add("type", Value.ForString(item.Content?.Type ?? ""));
            content.Fields.Add("text", Value.ForString(item.Content?.Text ?? ""));
            var message = new Struct();
            message.Fields.Add("role", Value.ForString(item.Role));
            message.Fields.Add("content", Value.ForStruct(content));
            messages.Add(Value.ForStruct(message));
        }

        var prompt = new Struct();
        prompt.Fields.Add("description", Value.ForString(answer.Description));
        prompt.Fields.Add("messages", Value.ForList([.. messages]));
        return JsonText.Format(prompt);
    }

    /// <summary>The entries of a storage.</summary>
    public static string Format(StorageListResponse answer)
    {
        var entries = new List<Value>();
        foreach (StorageEntry item in answer.Entries)
        {
            var entry = new Struct();
            entry.Fields.Add("path", Value.ForString(item.Path));
            entry.Fields.Add("size", Value.ForNumber(item.Size));
            entry.Fields.Add("version", Value.ForNumber(item.Version));
            entry.Fields.Add("modified_at", item.ModifiedAt is { } time ? Value.ForString($"{time.ToDateTimeOffset():O}") : Value.ForNull());
            entries.Add(Value.ForStruct(entry));
        }

        var list = new Struct();
        list.Fields.Add("entries", Value.ForList([.. entries]));
        return JsonText.Format(list);
    }

    /// <summary>An event.</summary>
    public static string Format(EventDelivery delivery)
    {
        var result = new Struct();
        result.Fields.Add("topic", Value.ForString(delivery.Topic));
        result.Fields.Add("event_type", Value.ForString(delivery.EventType));
        result.Fields.Add("payload", Value.ForStruct(delivery.Payload ?? new Struct()));
        result.Fields.Add("source_plugin", Value.ForString(delivery.SourcePlugin));
        return JsonText.Format(result);
    }
}
