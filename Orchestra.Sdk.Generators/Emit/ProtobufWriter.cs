using System;
using System.Collections.Generic;
using System.Text;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Encodes the few protobuf forms that the constants need.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>A string field; the empty string is proto3's default and is left out.</summary>
    public void String(int field, string value)
    {
        if (value.Length > 0)
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Strings(int field, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>A bool field; false is proto3's default and is left out.</summary>
    public void Boolean(int field, bool value)
    {
        if (value)
        {
            Tag(field, Varint);
            WriteVarint(1);
        }
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Bytes(field, message.ToArray());
    }

    /// <summary>A google.protobuf.Struct.</summary>
    public void Struct(Json.Object value)
    {
        foreach (var member in value.Members)
        {
            Message(1, entry =>
            {
                entry.String(1, member.Key);
                entry.Message(2, content => content.Value(member.Value));
            });
        }
    }

    /// <summary>A google.protobuf.Value: a oneof, so that even an empty string is written.</summary>
    private void Value(Json json)
    {
        switch (json)
        {
            case Json.Number number:
                Tag(2, Fixed64);
                var bits = BitConverter.DoubleToInt64Bits(number.Value);
                for (var shift = 0; shift < 64; shift += 8)
                {
                    _bytes.Add((byte)(bits >> shift));
                }

                break;
            case Json.Text text:
                Bytes(3, Encoding.UTF8.GetBytes(text.Value));
                break;
            case Json.Null:
                Tag(1, Varint);
                WriteVarint(0);
                break;
            case Json.Boolean flag:
                Tag(4, Varint);
                WriteVarint(flag.Value ? 1u : 0u);
                break;
            case Json.Object members:
                Message(5, content => content.Struct(members));
                break;
            case Json.Array array:
                Message(6, list =>
                {
                    foreach (var item in array.Items)
                    {
                        list.Message(1, content => content.Value(item));
                    }
                });
                break;
        }
    }

    private void Bytes(int field, byte[] value)
    {
        Tag(field, LengthDelimited);
        WriteVarint((uint)value.Length);
        _bytes.AddRange(value);
    }

    private void Tag(int field, int wireType) => WriteVarint((uint)((field << 3) | wireType));

    private void WriteVarint(uint value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
