using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Examples.TaskNotes;

/// <summary>A note.</summary>
/// <param name="Id">What the other tools know it by.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its text, Markdown.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Pinned">Whether it stands first in lists.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Color">Its color.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record Note(
    string Id,
    string Title,
    string Body,
    IReadOnlyList<string> Tags,
    bool Pinned,
    string? Icon,
    string? Color,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal bool Deleted { get; init; }

    /// <summary>All but the body, as it is stored beside it.</summary>
    internal Struct ToMetadata()
    {
        var metadata = new Struct
        {
            Fields =
            {
                ["id"] = Value.ForString(Id),
                ["title"] = Value.ForString(Title),
                ["pinned"] = Value.ForBool(Pinned),
                ["deleted"] = Value.ForBool(Deleted),
                ["created_at"] = Value.ForString(Format(CreatedAt)),
                ["updated_at"] = Value.ForString(Format(UpdatedAt)),
                ["tags"] = Value.ForList([.. Tags.Select(Value.ForString)]),
            },
        };
        Add("icon", Icon);
        Add("color", Color);
        return metadata;

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                metadata.Fields[name] = Value.ForString(text);
            }
        }
    }

    internal static Note Of(string id, Struct metadata, string body)
    {
        return new Note(id, Text("title") ?? id, body, Tags(), Flag("pinned"), Text("icon"), Text("color"), Time("created_at"), Time("updated_at"))
        {
            Deleted = Flag("deleted"),
        };

        string? Text(string name) => metadata.Fields.GetValueOrDefault(name) is { HasStringValue: true } value ? value.StringValue : null;

        bool Flag(string name) => metadata.Fields.GetValueOrDefault(name) is { BoolValue: true };

        string[] Tags() => [.. metadata.Fields.GetValueOrDefault("tags")?.ListValue?.Values.Select(tag => tag.StringValue) ?? []];

        DateTimeOffset Time(string name) => DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, out DateTimeOffset time) ? time : default;
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
