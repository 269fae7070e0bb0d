using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints a method to read each type that the plugin takes, and one to write each that it gives.</summary>
internal static class TypesEmitter
{
    private const string Argument = "global::Orchestra.Sdk.Binding.Argument";
    private const string ResultValue = "global::Orchestra.Sdk.Binding.ResultValue";
    private const string Value = "global::Google.Protobuf.WellKnownTypes.Value";

    /// <summary>The file; null when there are no such types.</summary>
    public static string? Emit(PluginModel plugin) =>
        plugin.Types is { Inputs.Count: 0, Outputs.Count: 0 } ? null : GeneratedFile.Emit(plugin, baseList: "", writer =>
        {
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
            var isFirst = true;
            foreach (var type in plugin.Types.Inputs)
            {
                Separate(writer, ref isFirst);
                WriteReader(writer, type);
            }

            foreach (var type in plugin.Types.Outputs)
            {
                Separate(writer, ref isFirst);
                WriteWriter(writer, type);
            }

            writer.Close();
        });

    private static void Separate(SourceWriter writer, ref bool isFirst)
    {
        if (!isFirst)
        {
            writer.Line();
        }

        isFirst = false;
    }

    private static void WriteReader(SourceWriter writer, TypeDefinition type)
    {
        switch (type)
        {
            case ObjectDefinition members:
                ObjectReader.Write(writer, members);
                break;
            case UnionDefinition union:
                WriteUnionReader(writer, union);
                break;
            case EnumDefinition { IsFlags: true } flags:
                WriteFlagsReader(writer, flags);
                break;
            case EnumDefinition enumType:
                WriteEnumReader(writer, enumType);
                break;
        }
    }

    private static void WriteWriter(SourceWriter writer, TypeDefinition type)
    {
        switch (type)
        {
            case ObjectDefinition members:
                WriteObjectWriter(writer, members);
                break;
            case UnionDefinition union:
                WriteUnionWriter(writer, union);
                break;
            case EnumDefinition { IsFlags: true } flags:
                WriteFlagsWriter(writer, flags);
                break;
            case EnumDefinition enumType:
                WriteEnumWriter(writer, enumType);
                break;
        }
    }

    private static void WriteEnumReader(SourceWriter writer, EnumDefinition type)
    {
        writer.Line($"private static {type.FullName} Read{type.Name}({Argument} argument) =>");
        writer.Indented(() =>
        {
            writer.Line($"argument.ReadName([{Names(type)}]) switch");
            WriteMembers(writer, type);
        });
    }

    private static void WriteFlagsReader(SourceWriter writer, EnumDefinition type)
    {
        writer.Open($"private static {type.FullName} Read{type.Name}({Argument} argument)");
        writer.Line($"{type.FullName} value = default;");
        writer.Open($"foreach (var index in argument.ReadNames([{Names(type)}]))");
        writer.Line("value |= index switch");
        WriteMembers(writer, type);
        writer.Close();
        writer.Line();
        writer.Line("return value;");
        writer.Close();
    }

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

    private static string Names(EnumDefinition type) => string.Join(", ", type.Members.Select(member => Literals.Of(member.Name)));

    private static void WriteEnumWriter(SourceWriter writer, EnumDefinition type)
    {
        writer.Line($"private static {Value} Write{type.Name}({type.FullName} value) => value switch");
        writer.Open();
        foreach (var member in type.Members.Where(member => !member.IsAlias))
        {
            writer.Line($"{type.FullName}.{member.Identifier} => {ResultValue}.Of({Literals.Of(member.Name)}),");
        }

        // A value without a name is sent as its number.
        writer.Line($"_ => {ResultValue}.Of(({type.UnderlyingType})value),");
        writer.Close(";");
    }

    private static void WriteFlagsWriter(SourceWriter writer, EnumDefinition type)
    {
        // A name for several bits is used where a bit has none of its own.
        var members = type.Members
            .Where(member => !member.IsAlias && member.Bits != 0)
            .OrderBy(member => (member.Bits & (member.Bits - 1)) == 0 ? 0 : 1)
            .ToList();
        writer.Line($"private static {Value} Write{type.Name}({type.FullName} value) => {ResultValue}.OfFlags(");
        writer.Indented(() =>
        {
            writer.Line("unchecked((ulong)value),");
            writer.Line($"[{string.Join(", ", members.Select(member => Literals.Of(member.Bits)))}],");
            writer.Line($"[{string.Join(", ", members.Select(member => Literals.Of(member.Name)))}]);");
        });
    }

    private static void WriteUnionReader(SourceWriter writer, UnionDefinition type)
    {
        var tags = string.Join(", ", type.Cases.Select(@case => type.IsNumeric ? @case.Tag : Literals.Of(@case.Tag)));
        writer.Line($"private static {type.FullName} Read{type.Name}({Argument} argument) =>");
        writer.Indented(() =>
        {
            writer.Line($"argument.ReadDiscriminator({Literals.Of(type.Discriminator)}, out var content, [{tags}]) switch");
            writer.Open();
            for (var i = 0; i < type.Cases.Count; i++)
            {
                writer.Line($"{Literals.Of(i)} => Read{type.Cases[i].Type.Name}(content),");
            }

            writer.Line("_ => default!,");
            writer.Close(";");
        });
    }

    private static void WriteUnionWriter(SourceWriter writer, UnionDefinition type)
    {
        writer.Line($"private static {Value} Write{type.Name}({type.FullName}? value) => value switch");
        writer.Open();
        foreach (var @case in type.Cases.OrderByDescending(@case => @case.Depth))
        {
            var tag = type.IsNumeric ? @case.Tag : Literals.Of(@case.Tag);
            writer.Line(
                $"{@case.Type.FullName} some => {ResultValue}.WithMember(Write{@case.Type.Name}(some), {Literals.Of(type.Discriminator)}, {ResultValue}.Of({tag})),");
        }

        writer.Line($"_ => {ResultValue}.OfUnknown(value),");
        writer.Close(";");
    }

    private static void WriteObjectWriter(SourceWriter writer, ObjectDefinition type)
    {
        writer.Line($"private static {Value} Write{type.Name}({type.FullName} value) => {ResultValue}.OfObject(value, static (value, members) =>");
        writer.Open();
        foreach (var member in type.Members)
        {
            var write = WriteExpression.Of(member.Property.Type, "value." + member.Identifier);
            var add = $"members.Add({Literals.Of(member.Property.Name)}, {write});";
            var condition = member.IsLeftOut switch
            {
                LeaveOut.WhenNull => $"if (value.{member.Identifier} is not null)",
                LeaveOut.WhenDefault =>
                    $"if (!global::System.Collections.Generic.EqualityComparer<{member.Property.Type.FullName}>.Default.Equals(value.{member.Identifier}, default!))",
                _ => null,
            };
            if (condition is null)
            {
                writer.Line(add);
                continue;
            }

            writer.Open(condition);
            writer.Line(add);
            writer.Close();
        }

        writer.Close(");");
    }
}
