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
        var start = Begin(field);
        write(this);
        End(start);
    }

    /// <summary>A google.protobuf.Struct.</summary>
    public void Struct(Json.Object members)
    {
        foreach (var member in members.Members)
        {
            var entry = Begin(1);
            String(1, member.Key);
            var value = Begin(2);
            Value(member.Value);
            End(value);
            End(entry);
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
                var content = Begin(5);
                Struct(members);
                End(content);
                break;
            case Json.Array array:
                var list = Begin(6);
                foreach (var item in array.Items)
                {
                    var start = Begin(1);
                    Value(item);
                    End(start);
                }

                End(list);
                break;
        }
    }

    /// <summary>Begins a message, whose length is not known yet; few are so long that it takes more than one byte.</summary>
    private int Begin(int field)
    {
        Tag(field, LengthDelimited);
        _bytes.Add(0);
        return _bytes.Count;
    }

    private void End(int start)
    {
        var length = (uint)(_bytes.Count - start);
        var more = 0;
        for (var rest = length >> 7; rest > 0; rest >>= 7)
        {
            more++;
        }

        if (more > 0)
        {
            _bytes.InsertRange(start, new byte[more]);
        }

        for (var i = start - 1; i < start + more; i++)
        {
            _bytes[i] = (byte)(length | (i < start + more - 1 ? 0x80u : 0));
            length >>= 7;
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
