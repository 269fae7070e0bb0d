using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Protocol;

internal sealed class ToolAnswerWriterTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Const(""), Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.String[0, 200], Gen.String[Gen.Char['\u0080', '\uffff'], 0, 5000]);

    private static readonly Gen<Value> Values = Gen.Recursive<Value>(static (depth, inner) => depth > 4 ? Scalar : Gen.Frequency(
        (3, Scalar),
        (1, inner.List[0, 5].Select(static list => new Value { ListValue = new ListValue { Values = { list } } })),
        (1, Struct(inner).Select(Value.ForStruct))));

    private static Gen<Value> Scalar => Gen.OneOf(
        Gen.Const(static () => new Value()),
        Gen.Const(Value.ForNull),
        Gen.Bool.Select(Value.ForBool),
        Gen.Double.Select(Value.ForNumber),
        Text.Select(Value.ForString));

    [Test]
    public void Writes_what_protobuf_writes() =>
        Gen.Select(Text, Text, Text, Gen.Bool, Struct(Values)).Sample(static (id, code, message, success, result) => AssertSame(new PluginResponse
        {
            RequestId = id,
            ToolCall = new ToolResponse { Success = success, ErrorCode = code, ErrorMessage = message, Result = result },
        }));

    [Test]
    public void Writes_every_field_of_an_answer()
    {
        Assert.That(ToolResponse.Descriptor.Fields.InFieldNumberOrder().Select(static field => field.Name), Is.EqualTo(
            ["success", "result", "error_code", "error_message"]));
        Assert.That(PluginResponse.Descriptor.Fields.InFieldNumberOrder().Where(static field => field.ContainingOneof is null).Select(static field => field.Name), Is.EqualTo(
            ["request_id"]));
    }

    [Test]
    public void Refuses_what_is_more_than_a_message()
    {
        PluginResponse response = Of(new string('x', MessageFraming.MaxMessageSize - 29));
        Assert.That(response.CalculateSize(), Is.EqualTo(MessageFraming.MaxMessageSize));
        AssertSame(response);
        Assert.That(
            static () => MessageWriter.Encode(Of(new string('x', MessageFraming.MaxMessageSize - 28))),
            Throws.TypeOf<MessageFramingException>().With.Message.Contain((MessageFraming.MaxMessageSize + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestCase(100)]
    [TestCase(StructSizes.MaxKept)]
    public void Keeps_little_memory(int values)
    {
        var list = new ListValue { Values = { Enumerable.Repeat(Value.ForBool(true), values) } };
        AssertSame(new PluginResponse { ToolCall = new ToolResponse { Result = new Struct { Fields = { ["l"] = new Value { ListValue = list } } } } });
        Assert.That(StructSizes.OfThread.Capacity, values < StructSizes.MaxKept ? Is.GreaterThan(values).And.AtMost(StructSizes.MaxKept) : Is.Zero);
    }

    private static PluginResponse Of(string text) =>
        new() { ToolCall = new ToolResponse { Result = new Struct { Fields = { ["t"] = Value.ForString(text) } } } };

    private static Gen<Struct> Struct(Gen<Value> values) => Gen.Select(Text, values).List[0, 5].Select(static members =>
    {
        var result = new Struct();
        foreach ((string name, Value value) in members)
        {
            result.Fields[name] = value;
        }

        return result;
    });

    private static void AssertSame(PluginResponse response)
    {
        using PooledBuffer frame = MessageWriter.Encode(response);
        Assert.That(frame.Span.SequenceEqual(MemoryExchange.Frame(response)));
    }
}
