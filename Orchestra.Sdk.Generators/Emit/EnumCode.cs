using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints how an enum is read from the names of its members, and written as them.</summary>
internal static class EnumCode
{
    public static void WriteReader(SourceWriter writer, EnumDefinition type)
    {
        if (type.IsFlags)
        {
            WriteFlagsReader(writer, type);
        }
        else
        {
            WriteNameReader(writer, type);
        }
    }

    public static void WriteWriter(SourceWriter writer, EnumDefinition type)
    {
        if (type.IsFlags)
        {
            WriteFlagsWriter(writer, type);
        }
        else
        {
            WriteNameWriter(writer, type);
        }
    }

    private static void WriteNameReader(SourceWriter writer, EnumDefinition type)
    {
        writer.Line($"private static {type.FullName} Read{type.Name}({TypesEmitter.Argument} argument) =>");
        writer.Indented(() =>
        {
            writer.Line($"argument.ReadName([{Names(type)}]) switch");
            WriteMembers(writer, type);
        });
    }

    private static void WriteFlagsReader(SourceWriter writer, EnumDefinition type)
    {
        writer.Open($"private static {type.FullName} Read{type.Name}({TypesEmitter.Argument} argument)");
        writer.Line($"{type.FullName} value = default;");
        writer.Open($"foreach (var index in argument.ReadNames([{Names(type)}]))");
        writer.Line("value |= index switch");
        WriteMembers(writer, type);
        writer.Close();
        writer.Line();
        writer.Line("return value;");
        writer.Close();
    }

    private static void WriteNameWriter(SourceWriter writer, EnumDefinition type)
    {
        writer.Line($"private static {TypesEmitter.Value} Write{type.Name}({type.FullName} value) => value switch");
        writer.Open();
        foreach (var member in type.Members.Where(member => !member.IsAlias))
        {
            writer.Line($"{type.FullName}.{member.Identifier} => {TypesEmitter.ResultValue}.Of({Literals.Of(member.Name)}),");
        }

        // A value without a name is sent as its number.
        writer.Line($"_ => {TypesEmitter.ResultValue}.Of(({type.UnderlyingType})value),");
        writer.Close(";");
    }

    private static void WriteFlagsWriter(SourceWriter writer, EnumDefinition type)
    {
        // A name for several bits is used where a bit has none of its own.
        var members = type.Members
            .Where(member => !member.IsAlias && member.Bits != 0)
            .OrderBy(member => (member.Bits & (member.Bits - 1)) == 0 ? 0 : 1)
            .ToList();
        writer.Line($"private static {TypesEmitter.Value} Write{type.Name}({type.FullName} value) => {TypesEmitter.ResultValue}.OfFlags(");
        writer.Indented(() =>
        {
            writer.Line($"unchecked(({Unsigned(type.UnderlyingType)})value),");
            writer.Line($"[{string.Join(", ", members.Select(member => Literals.Of(member.Bits)))}],");
            writer.Line($"[{string.Join(", ", members.Select(member => Literals.Of(member.Name)))}]);");
        });
    }

    // Of as many bits: what is left of them without a name is a number that a schema can tell.
    private static string Unsigned(string type) => type switch
    {
        "sbyte" => "byte",
        "short" => "ushort",
        "int" => "uint",
        "long" => "ulong",
        _ => type,
    };

    private static void WriteMembers(SourceWriter writer, EnumDefinition type)
    {
        writer.Open();
        for (var i = 0; i < type.Members.Count; i++)
        {
            writer.Line($"{Literals.Of(i)} => {type.FullName}.{type.Members[i].Identifier},");
        }

        writer.Line("_ => default,");
        writer.Close(";");
    }

    /// <summary>The names of the members in JSON, as a list of arguments.</summary>
    public static string Names(EnumDefinition type) => string.Join(", ", type.Members.Select(member => Literals.Of(member.Name)));
}
