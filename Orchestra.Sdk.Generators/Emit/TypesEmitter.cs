using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints a method to read each type that the plugin takes, and one to write each that it gives.</summary>
internal static class TypesEmitter
{
    internal const string Argument = "global::Orchestra.Sdk.Binding.Argument";
    internal const string ResultValue = "global::Orchestra.Sdk.Values.ResultValue";
    internal const string Value = "global::Google.Protobuf.WellKnownTypes.Value";

    /// <summary>The file; null when there are no such types.</summary>
    public static string? Emit(PluginModel plugin, CancellationToken cancellationToken) =>
        plugin.Types is { Inputs.Count: 0, Outputs.Count: 0 } ? null : GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), baseList: "", writer =>
        {
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
            var isFirst = true;
            foreach (var type in plugin.Types.Inputs)
            {
                Separate(writer, ref isFirst);
                WriteReader(writer, type, plugin.Profile);
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

    /// <summary>The method that reads a type.</summary>
    public static void WriteReader(SourceWriter writer, TypeDefinition type, SchemaProfile profile)
    {
        switch (type)
        {
            case ObjectDefinition members:
                ObjectReader.Write(writer, members, profile == SchemaProfile.Full);
                break;
            case UnionDefinition union:
                WriteUnionReader(writer, union);
                break;
            case EnumDefinition enumType:
                EnumCode.WriteReader(writer, enumType);
                break;
        }
    }

    /// <summary>The method that writes a type.</summary>
    public static void WriteWriter(SourceWriter writer, TypeDefinition type)
    {
        switch (type)
        {
            case ObjectDefinition members:
                WriteObjectWriter(writer, members);
                break;
            case UnionDefinition union:
                WriteUnionWriter(writer, union);
                break;
            case EnumDefinition enumType:
                EnumCode.WriteWriter(writer, enumType);
                break;
        }
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
        var (signature, given) = type.Example is { } example
            ? ($"Write{type.Name}<T>(T value)", $"global::Orchestra.Sdk.Binding.TypedCode.As(value, {example})")
            : ($"Write{type.Name}({type.FullName} value)", "value");
        writer.Line($"private static {Value} {signature} => {ResultValue}.OfObject({given}, static (value, members) =>");
        writer.Open();
        var names = new LocalNames();
        foreach (var member in type.Members)
        {
            var written = member.Of("value") + (member.IsLeftOut == LeaveOut.WhenAbsent ? ".Value" : "");
            var add = $"members.Add({Literals.Of(member.Property.Name)}, {WriteExpression.Of(member.Property.Type, written, names)});";
            var condition = member.IsLeftOut switch
            {
                LeaveOut.WhenAbsent => $"if ({member.Of("value")}.HasValue)",
                LeaveOut.WhenNull => $"if ({member.Of("value")} is not null)",
                LeaveOut.WhenDefault =>
                    $"if (!global::System.Collections.Generic.EqualityComparer<{member.Property.Type.FullName}>.Default.Equals(({member.Property.Type.FullName}){member.Of("value")}, default!))",
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

        if (type.Extension is { } extension)
        {
            WriteExtension(writer, extension, names);
        }

        writer.Close(");");
    }

    private static void WriteExtension(SourceWriter writer, MemberModel extension, LocalNames names)
    {
        var type = extension.Property.Type.WithoutNullable() is DictionaryType dictionary
            ? dictionary.Value
            : new AnyType(AnyKind.JsonNode, "global::System.Text.Json.Nodes.JsonNode?");
        var item = names.Next("item");
        writer.Line($"{ResultValue}.AddExtension<{type.FullName}>(members, {extension.Of("value")}, static {item} => {WriteExpression.Of(type, item, names)});");
    }
}
