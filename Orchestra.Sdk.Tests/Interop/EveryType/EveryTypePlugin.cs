using System.Numerics;
using Orchestra.Sdk;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

/// <summary>
/// A tool for every type that docs/schema.md names; most give back what they take. This part: what is no collection and has no members.
/// </summary>
[Plugin("tools.every-type", Version = "0.1.0", SchemaProfile = SchemaProfile.Full)]
public sealed partial class EveryTypePlugin
{
    [Tool(Description = "string")] public string String(string x) => x;
    [Tool(Description = "bool")] public bool Bool(bool x) => x;
    [Tool(Description = "char")] public char Char(char x) => x;

    [Tool(Description = "sbyte")] public sbyte Sbyte(sbyte x) => x;
    [Tool(Description = "byte")] public byte Byte(byte x) => x;
    [Tool(Description = "short")] public short Short(short x) => x;
    [Tool(Description = "ushort")] public ushort Ushort(ushort x) => x;
    [Tool(Description = "int")] public int Int(int x) => x;
    [Tool(Description = "uint")] public uint Uint(uint x) => x;
    [Tool(Description = "long")] public long Long(long x) => x;
    [Tool(Description = "ulong")] public ulong Ulong(ulong x) => x;
    [Tool(Description = "Half")] public Half Half(Half x) => x;
    [Tool(Description = "float")] public float Float(float x) => x;
    [Tool(Description = "double")] public double Double(double x) => x;
    [Tool(Description = "decimal")] public decimal Decimal(decimal x) => x;
    [Tool(Description = "Int128")] public Int128 Int128(Int128 x) => x;
    [Tool(Description = "UInt128")] public UInt128 Uint128(UInt128 x) => x;
    [Tool(Description = "BigInteger")] public BigInteger BigInteger(BigInteger x) => x;

    [Tool(Description = "enum")] public Color Enum(Color x) => x;
    [Tool(Description = "flags")] public Rights Flags(Rights x) => x;

    [Tool(Description = "DateTime")] public DateTime DateTime(DateTime x) => x;
    [Tool(Description = "DateTimeOffset")] public DateTimeOffset DateTimeOffset(DateTimeOffset x) => x;
    [Tool(Description = "DateOnly")] public DateOnly DateOnly(DateOnly x) => x;
    [Tool(Description = "TimeOnly")] public TimeOnly TimeOnly(TimeOnly x) => x;
    [Tool(Description = "TimeSpan")] public TimeSpan TimeSpan(TimeSpan x) => x;
    [Tool(Description = "Guid")] public Guid Guid(Guid x) => x;
    [Tool(Description = "Uri")] public Uri Uri(Uri x) => x;
    [Tool(Description = "Version")] public Version Version(Version x) => x;
    [Tool(Description = "IPAddress")] public System.Net.IPAddress IpAddress(System.Net.IPAddress x) => x;
    [Tool(Description = "IPNetwork")] public System.Net.IPNetwork IpNetwork(System.Net.IPNetwork x) => x;
    [Tool(Description = "a type of one's own")] public CustomerId Parsable(CustomerId x) => x;

    [Tool(Description = "byte[]")] public byte[] Bytes(byte[] x) => x;
    [Tool(Description = "ReadOnlyMemory")] public ReadOnlyMemory<byte> Memory(ReadOnlyMemory<byte> x) => x;

    [Tool(Description = "int?")] public int? NullableValue(int? x) => x;
    [Tool(Description = "enum?")] public Color? NullableEnum(Color? x = null) => x;
    [Tool(Description = "string?")] public string? NullableText(string? x) => x;
    [Tool(Description = "record?")] public Note? NullableRecord(Note? x) => x;
    [Tool(Description = "Optional")] public string Optional(Optional<int?> x) => x.HasValue ? $"given: {x.Value}" : "absent";
}
