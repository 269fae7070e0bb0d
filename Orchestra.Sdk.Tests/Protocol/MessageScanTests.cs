using System.Text;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Protocol;

/// <summary>What a message becomes is told from its bytes. The measure is what the parser allocates.</summary>
internal sealed class MessageScanTests
{
    // Of a field that is a message: what it holds is none.
    private static readonly byte[] NoMessage = Field(20, [0x29]);

    // The second is where arrays and dictionaries have just grown.
    private static readonly int[] Counts = [30_000, 32_769];

    private static IEnumerable<TestCaseData> Shapes { get; } =
    [
        .. from shape in new (string Name, Func<int, byte[]> Make)[]
        {
            ("empty values", n => Items(n, [])),
            ("nulls", n => Items(n, [0x08, 0])),
            ("numbers", n => Items(n, [0x11, 0, 0, 0, 0, 0, 0, 0, 0])),
            ("booleans", n => Items(n, [0x20, 1])),
            ("empty strings", n => Items(n, Field(3, []))),
            ("short strings", n => Items(n, Field(3, "a"u8))),
            ("longer strings", n => Items(n, Field(3, new byte[100]))),
            ("empty objects", n => Items(n, Field(5, []))),
            ("empty lists", n => Items(n, Field(6, []))),
            ("lists of one", n => Items(n, Field(6, Field(1, [])))),
            ("objects with one entry without a key", n => Items(n, Field(5, Field(1, [])))),
            ("objects with one entry", n => Items(n, Field(5, Field(1, [.. Field(1, "a"u8), .. Field(2, [])])))),
            ("entries", n => Arguments(Repeat(n, i => Field(1, [.. Field(1, Name(i)), .. Field(2, [0x20, 1])])))),
            ("entries without a value", n => Arguments(Repeat(n, i => Field(1, Field(1, Name(i)))))),
            ("texts by name", n => Field(11, Repeat(n, i => Field(1, [.. Field(1, Name(i)), .. Field(2, Name(i))])))),
            ("strings of a manifest", n => Field(10, Repeat(n, _ => Field(4, "a"u8)))),
        }
        from count in Counts
        select new TestCaseData(shape.Make(count)).SetArgDisplayNames($"{count} {shape.Name}"),
    ];

    // What nobody sends may count for more than it takes.
    private static IEnumerable<TestCaseData> Odd { get; } =
    [
        new TestCaseData(Arguments(Repeat(10_000, _ => Field(1, [])))).SetArgDisplayNames("one entry again and again"),
        new TestCaseData(Repeat(10_000, _ => Field(10, []))).SetArgDisplayNames("manifests"),
        new TestCaseData(Items(1, Repeat(10_000, _ => Field(6, [])))).SetArgDisplayNames("choices within a value"),
        new TestCaseData(Field(10, Repeat(10_000, i => Field(17, Field(1, Name(i)))))).SetArgDisplayNames("variables of a manifest"),
        new TestCaseData((byte[])[.. Group(12, NoMessage), .. Items(10_000, [])]).SetArgDisplayNames("values after a group with what would be no message outside"),
        new TestCaseData(Items(1, [.. Group(9, [.. Group(5, NoMessage), .. NoMessage]), .. Field(6, Repeat(10_000, _ => Field(1, [])))]))
            .SetArgDisplayNames("values after groups within a value"),
    ];

    private static IEnumerable<TestCaseData> ResponseShapes { get; } =
    [
        .. from shape in new (string Name, Func<int, byte[]> Make)[]
        {
            ("tools", n => Field(21, Repeat(n, _ => Field(1, [])))),
            ("tools with a schema", n => Field(21, Repeat(n, _ => Field(1, Field(3, []))))),
            ("prompts", n => Field(22, Repeat(n, _ => Field(1, [])))),
            ("prompts with an argument", n => Field(22, Repeat(n, _ => Field(1, Field(3, []))))),
            ("messages", n => Field(23, Repeat(n, _ => Field(2, [])))),
            ("messages with content", n => Field(23, Repeat(n, _ => Field(2, Field(2, []))))),
            ("entries of a storage", n => Field(33, Repeat(n, _ => Field(1, [])))),
            ("entries of a storage with a time", n => Field(33, Repeat(n, _ => Field(1, Field(4, []))))),
            ("details", n => Field(13, Repeat(n, i => Field(3, Field(1, Name(i)))))),
            ("bytes", n => Field(40, Field(2, new byte[n]))),
        }
        from count in Counts
        select new TestCaseData(shape.Make(count)).SetArgDisplayNames($"{count} {shape.Name}"),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Tells_what_a_request_becomes(byte[] bytes)
    {
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        AssertIsNear(scan.ObjectBytes, Allocated(() => MessageDecoder.ReadRequest(bytes, scan, long.MaxValue)));
    }

    [TestCaseSource(nameof(Odd))]
    public void Tells_no_less_than_what_odd_bytes_become(byte[] bytes)
    {
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        Assert.That(scan.ObjectBytes, Is.GreaterThan(0.8 * Allocated(() => MessageDecoder.ReadRequest(bytes, scan, long.MaxValue))));
    }

    [TestCaseSource(nameof(ResponseShapes))]
    public void Tells_what_a_response_becomes(byte[] bytes)
    {
        long told = MessageScan.Of(bytes, MessageShape.Response).ObjectBytes;

        AssertIsNear(told, Allocated(() => MessageDecoder.ReadResponse(bytes)));
    }

    [Test]
    public void Counts_every_copy_that_a_message_in_parts_makes_of_itself()
    {
        byte[] entries = Arguments(Repeat(1_000, i => Field(1, [.. Field(1, Name(i)), .. Field(2, [])])));
        byte[] bytes = [.. entries, .. Repeat(1_000, _ => Field(20, []))];
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        long allocated = Allocated(() => MessageDecoder.ReadRequest(bytes, scan, long.MaxValue));
        Assert.That(allocated, Is.GreaterThan(3_000L * bytes.Length), "the attack is one");
        Assert.That(scan.ObjectBytes, Is.GreaterThan(0.8 * allocated));
        Assert.That(
            () => MessageDecoder.ReadRequest(bytes, scan, scan.ObjectBytes - 1),
            Throws.TypeOf<MessageFramingException>().With.Message.Matches(
                "^the values of the request would take [0-9]+ MiB, more than the [0-9]+ MiB that one may take$"));
    }

    [Test]
    public void Unknown_fields_become_nothing()
    {
        byte[] bytes = Items(10_000, [0x38, 0, .. Field(100, new byte[100])]);
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        Assert.That(Allocated(() => MessageDecoder.ReadRequest(bytes, scan, long.MaxValue)), Is.LessThan(10_000 * 100));
    }

    [Test]
    public void An_ordinary_request_counts_for_about_what_it_takes()
    {
        var request = new PluginRequest
        {
            RequestId = "0199a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70",
            ToolCall = new ToolRequest
            {
                ToolName = "add_task",
                Arguments = Struct.Parser.ParseJson("""{"title":"Buy milk","tags":["a","b"],"due":"2026-10-03","estimate":1.5,"done":false}"""),
            },
        };
        byte[] bytes = request.ToByteArray();
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        Assert.That(MessageDecoder.ReadRequest(bytes, scan, long.MaxValue), Is.EqualTo(request));
        Assert.That(scan.ObjectBytes, Is.LessThan(4096), "no budget is asked for it");
    }

    /// <summary>The table is that of plugin.proto, whatever is added to it.</summary>
    [Test]
    public void Knows_every_field_that_becomes_objects()
    {
        var seen = new HashSet<MessageDescriptor>();
        Compare(PluginRequest.Descriptor, MessageShape.Request);
        Compare(PluginResponse.Descriptor, MessageShape.Response);

        void Compare(MessageDescriptor message, MessageShape shape)
        {
            if (!seen.Add(message))
            {
                return;
            }

            Assert.That(shape.IsLevel, Is.EqualTo(message == Struct.Descriptor || message == ListValue.Descriptor), message.FullName);
            Assert.That(shape.IsBoxing, Is.EqualTo(message == Value.Descriptor), message.FullName);
            foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
            {
                (FieldKind kind, MessageShape? child) = shape.Field(field.FieldNumber);
                FieldKind expected = field.FieldType == FieldType.Bytes ? FieldKind.Bytes
                    : field.FieldType != FieldType.Message ? FieldKind.Text
                    : field.IsRepeated ? FieldKind.Item
                    : field.RealContainingOneof is not null ? FieldKind.Choice
                    : FieldKind.Message;
                Assert.That(kind, Is.EqualTo(expected), field.FullName);
                Assert.That(child is not null, Is.EqualTo(field.FieldType == FieldType.Message), field.FullName);
                if (child is not null)
                {
                    Compare(field.MessageType, child);
                }
            }
        }
    }

    [Test]
    public void Bytes_that_it_cannot_read_the_parser_cannot_read() => Gen.OneOf(
            Gen.Byte.Array[0, 60],
            Gen.Select(Gen.Int[0, 7], Gen.Int[0, 200], Gen.Byte).Select(t => Damaged(t.Item1, t.Item2, t.Item3)))
        .Sample(
            bytes =>
            {
                MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);
                return !scan.IsMalformed || IsRefused(bytes);
            },
            iter: 20_000);

    [Test]
    public void Counts_the_levels_of_values()
    {
        Assert.That(MessageScan.Of(Arguments([]), MessageShape.Request).Levels, Is.EqualTo(1));
        Assert.That(MessageScan.Of(Items(1, Field(6, [])), MessageShape.Request).Levels, Is.EqualTo(3));
    }

    [TestCase(5, 3)]
    [TestCase(6, 2)]
    public void Reads_values_that_nest_128_levels(int field, int messages)
    {
        byte[] deepest = Nested(field, Nesting.MaxLevels);
        MessageScan scan = MessageScan.Of(deepest, MessageShape.Request);
        PluginRequest request = MessageDecoder.ReadRequest(deepest, scan, long.MaxValue);
        Assert.That(request.ToByteArray(), Is.EqualTo(deepest));
        Assert.That(scan.Levels, Is.EqualTo(Nesting.MaxLevels + 1));
        Assert.That(messages * Nesting.MaxLevels, Is.LessThan(Nesting.MaxMessages - 5));

        byte[] deeper = Nested(field, Nesting.MaxLevels + 1);
        Assert.That(
            () => MessageDecoder.ReadRequest(deeper, MessageScan.Of(deeper, MessageShape.Request), long.MaxValue),
            Throws.TypeOf<MessageFramingException>().With.Message.EqualTo(
                "the request nests more than 128 objects and arrays within one another"));
    }

    [Test]
    public void What_would_be_no_message_outside_of_its_group_hides_no_levels()
    {
        byte[] bytes = [.. Group(12, NoMessage), .. Nested(5, Nesting.MaxLevels + 1)];
        MessageScan scan = MessageScan.Of(bytes, MessageShape.Request);

        Assert.That(scan.IsTooDeep, Is.True);
        Assert.That(scan.IsMalformed, Is.False);
    }

    [Test]
    public void Any_number_of_levels_is_refused_without_a_stack_for_them()
    {
        byte[] bytes = Nested(6, 5_000);

        Assert.That(MessageScan.Of(bytes, MessageShape.Request).IsTooDeep, Is.True);
    }

    [TestCase(Nesting.PlainLevels - 1)]
    [TestCase(Nesting.PlainLevels)]
    public void Reads_values_at_the_limit_that_protobuf_has_by_itself(int levels)
    {
        byte[] bytes = Nested(5, levels);

        Assert.That(MessageDecoder.ReadRequest(bytes, MessageScan.Of(bytes, MessageShape.Request), long.MaxValue).ToByteArray(), Is.EqualTo(bytes));
    }

    private static void AssertIsNear(long told, long allocated)
    {
        Assert.That(told, Is.GreaterThan(0.8 * allocated), $"{allocated} bytes were allocated");
        Assert.That(told, Is.LessThan(2.5 * allocated), $"{allocated} bytes were allocated");
    }

    private static long Allocated(Func<IMessage> parse)
    {
        parse();
        long before = GC.GetAllocatedBytesForCurrentThread();
        parse();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>By protobuf's own parser, which is not asked about bytes that the scan refuses.</summary>
    internal static bool IsRefused(byte[] bytes)
    {
        try
        {
            PluginRequest.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
            return false;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentException)
        {
            return true;
        }
    }

    private static byte[] Damaged(int kind, int at, byte value)
    {
        byte[] bytes = kind switch
        {
            0 => Nested(5, 5),
            1 => Items(3, [0x11, 0, 0, 0, 0, 0, 0, 0, 0]),
            2 => Items(2, Field(3, "text"u8)),
            3 => Field(10, Field(4, "a"u8)),
            4 => Arguments(Field(1, [.. Field(1, "a"u8), .. Field(2, Field(5, []))])),
            5 => [.. Group(12, [.. Field(20, Field(2, "a"u8)), .. Group(3, [])]), .. Field(1, "id"u8)],
            6 => Items(2, [.. Group(5, NoMessage), .. Field(3, "text"u8)]),
            _ => [.. Arguments([]), .. Field(1, "id"u8)],
        };
        bytes[at % bytes.Length] = value;
        return bytes;
    }

    private static byte[] Nested(int field, int levels)
    {
        // From the inside out, so that each length is known.
        var parts = new List<byte>();
        for (int i = 0; i < levels; i++)
        {
            byte[] inner = [.. parts];
            parts = field == 5
                ? [.. Field(5, i == 0 ? [] : Field(1, [.. Field(1, "a"u8), .. Field(2, inner)]))]
                : [.. Field(6, i == 0 ? [] : Field(1, inner))];
        }

        return Arguments(Field(1, [.. Field(1, "a"u8), .. Field(2, [.. parts])]));
    }

    private static byte[] Items(int count, byte[] item) =>
        Arguments(Field(1, [.. Field(1, "a"u8), .. Field(2, Field(6, Repeat(count, _ => Field(1, item))))]));

    private static byte[] Arguments(byte[] members) => Field(20, Field(2, members));

    private static byte[] Name(int index) => Encoding.UTF8.GetBytes($"{index:x}");

    private static byte[] Repeat(int count, Func<int, byte[]> part)
    {
        var bytes = new MemoryStream();
        for (int i = 0; i < count; i++)
        {
            bytes.Write(part(i));
        }

        return bytes.ToArray();
    }

    /// <param name="number">Below 16.</param>
    /// <param name="content">Its fields.</param>
    private static byte[] Group(int number, byte[] content) => [(byte)((number << 3) | 3), .. content, (byte)((number << 3) | 4)];

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteLength(content.Length);
        }

        bytes.Write(content);
        return bytes.ToArray();
    }
}
