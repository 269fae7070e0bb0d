namespace Orchestra.Sdk.Protocol;

/// <summary>How a field of a message is made into objects.</summary>
internal enum FieldKind : byte
{
    /// <summary>A string, alone or one of several, and whatever the table does not name.</summary>
    Text,

    Bytes,

    /// <summary>A message of which there is one; another one is read into it.</summary>
    Message,

    /// <summary>A message of a oneof; another one makes a copy of both.</summary>
    Choice,

    /// <summary>One of several messages, or an entry of a map.</summary>
    Item,
}

/// <summary>
/// What the fields of a kind of message become: as much of plugin.proto as tells how much memory its messages take, without
/// protobuf's descriptors, which would cost a plugin's start.
/// </summary>
/// <param name="size">The bytes of an empty one, with the collections that it begins with.</param>
internal sealed class MessageShape(int size)
{
    private static readonly MessageShape Value = OfValue();
    private static readonly MessageShape Struct = Value._fields[5].Shape!;

    // An entry is a node of a list and its share of a dictionary, which grows by doubling.
    private static readonly MessageShape TextEntry = new(128);
    private static readonly MessageShape Leaf = new(64);

    private (FieldKind Kind, MessageShape? Shape)[] _fields = [];

    public static MessageShape Publish { get; } = new MessageShape(64).With(3, FieldKind.Message, Struct);

    public static MessageShape Request { get; } = new MessageShape(56)
        .With(10, FieldKind.Choice, new MessageShape(768).With(17, FieldKind.Item, TextEntry))
        .With(11, FieldKind.Choice, new MessageShape(192).With(1, FieldKind.Item, TextEntry))
        .With(12, FieldKind.Choice, Leaf)
        .With(13, FieldKind.Choice, Leaf)
        .With(20, FieldKind.Choice, new MessageShape(72).With(2, FieldKind.Message, Struct))
        .With(21, FieldKind.Choice, Leaf)
        .With(22, FieldKind.Choice, Leaf)
        .With(23, FieldKind.Choice, new MessageShape(200).With(2, FieldKind.Item, TextEntry))
        .With(30, FieldKind.Choice, Leaf)
        .With(31, FieldKind.Choice, new MessageShape(72).With(2, FieldKind.Bytes).With(3, FieldKind.Message, Struct))
        .With(32, FieldKind.Choice, Leaf)
        .With(33, FieldKind.Choice, Leaf)
        .With(40, FieldKind.Choice, new MessageShape(64).With(3, FieldKind.Message, Struct))
        .With(41, FieldKind.Choice, Leaf)
        .With(50, FieldKind.Choice, new MessageShape(208).With(3, FieldKind.Item, TextEntry))
        .With(51, FieldKind.Choice, Leaf)
        .With(52, FieldKind.Choice, Publish);

    public static MessageShape Response { get; } = new MessageShape(56)
        .With(10, FieldKind.Choice, Leaf)
        .With(11, FieldKind.Choice, Leaf)
        .With(12, FieldKind.Choice, Leaf)
        .With(13, FieldKind.Choice, new MessageShape(208).With(3, FieldKind.Item, TextEntry))
        .With(20, FieldKind.Choice, new MessageShape(72).With(2, FieldKind.Message, Struct))
        .With(21, FieldKind.Choice, ListOf(new MessageShape(56).With(3, FieldKind.Message, Struct)))
        .With(22, FieldKind.Choice, ListOf(new MessageShape(88).With(3, FieldKind.Item, Leaf)))
        .With(23, FieldKind.Choice, new MessageShape(88).With(2, FieldKind.Item, new MessageShape(48).With(2, FieldKind.Message, Leaf)))
        .With(30, FieldKind.Choice, new MessageShape(64).With(1, FieldKind.Bytes).With(2, FieldKind.Message, Struct))
        .With(31, FieldKind.Choice, Leaf)
        .With(32, FieldKind.Choice, Leaf)
        .With(33, FieldKind.Choice, ListOf(new MessageShape(64).With(4, FieldKind.Message, Leaf)))
        .With(40, FieldKind.Choice, new MessageShape(64).With(2, FieldKind.Bytes))
        .With(41, FieldKind.Choice, Leaf)
        .With(50, FieldKind.Choice, new MessageShape(80).With(4, FieldKind.Message, Struct).With(6, FieldKind.Message, Leaf));

    public int Size => size;

    /// <summary>Whether it is an object or array of JSON.</summary>
    public bool IsLevel { get; private init; }

    /// <summary>Whether its numbers and booleans are objects.</summary>
    public bool IsBoxing { get; private init; }

    /// <summary>Whether a message is made where its field 2 is missing, and dearer than where it is not.</summary>
    public bool IsEntry { get; private init; }

    public (FieldKind Kind, MessageShape? Shape) Field(int number) => number < _fields.Length ? _fields[number] : default;

    private static MessageShape OfValue()
    {
        var value = new MessageShape(40) { IsBoxing = true };
        MessageShape entry = new MessageShape(128) { IsEntry = true }.With(2, FieldKind.Message, value);
        return value
            .With(5, FieldKind.Choice, new MessageShape(184) { IsLevel = true }.With(1, FieldKind.Item, entry))
            .With(6, FieldKind.Choice, new MessageShape(64) { IsLevel = true }.With(1, FieldKind.Item, value));
    }

    private static MessageShape ListOf(MessageShape item) => new MessageShape(64).With(1, FieldKind.Item, item);

    private MessageShape With(int number, FieldKind kind, MessageShape? shape = null)
    {
        if (number >= _fields.Length)
        {
            Array.Resize(ref _fields, number + 1);
        }

        _fields[number] = (kind, shape);
        return this;
    }
}
